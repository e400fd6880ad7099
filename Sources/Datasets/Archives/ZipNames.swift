import Foundation

/// The names in a zip file's directory that do not say what they are.
///
/// Source: PKWARE, APPNOTE 6.3.10: 4.3.12 (directory), 4.3.16 (its end), 4.4.4 (bit 11: UTF-8), 4.6.9 (the name in
/// Unicode), 4.4.2 (the system that wrote it).
enum ZipNames {
    /// Names beyond ASCII, as bytes, that state no encoding; nothing where the directory is not to be found.
    ///
    /// Systems whose names are UTF-8 anyway, Unix and macOS, need not say so.
    static func unstated(_ file: URL) -> Set<[UInt8]>? {
        guard let data = try? Data(contentsOf: file, options: .mappedIfSafe),
            let end = end(of: data)
        else { return nil }
        var names: Set<[UInt8]> = []
        var place = end.directory
        for _ in 0..<end.count {
            guard let signature = number(data, place, 4), signature == 0x0201_4B50,
                let system = number(data, place + 5, 1), let flags = number(data, place + 8, 2),
                let name = number(data, place + 28, 2), let extra = number(data, place + 30, 2),
                let comment = number(data, place + 32, 2),
                place + 46 + name + extra + comment <= data.count
            else { return nil }
            let bytes = part(data, place + 46, name)
            if flags & 0x800 == 0, system != 3, system != 19, bytes.contains(where: { $0 >= 0x80 }),
                !hasUnicode(part(data, place + 46 + name, extra))
            {
                names.insert(bytes)
            }
            place += 46 + name + extra + comment
        }
        return names
    }

    /// Whether fields beside a name hold it in Unicode, too.
    private static func hasUnicode(_ extra: [UInt8]) -> Bool {
        var place = 0
        while place + 4 <= extra.count {
            if extra[place] == 0x75, extra[place + 1] == 0x70 { return true }
            place += 4 + Int(extra[place + 2]) + Int(extra[place + 3]) << 8
        }
        return false
    }

    /// Where the directory begins and how many entries it has; nothing in files beyond 4 GiB, which say it elsewhere.
    private static func end(of data: Data) -> (directory: Int, count: Int)? {
        guard data.count >= 22 else { return nil }
        var place = data.count - 22
        let first = max(0, place - 65_535)
        while place >= first {
            if number(data, place, 4) == 0x0605_4B50, let count = number(data, place + 10, 2),
                let directory = number(data, place + 16, 4), count < 0xFFFF,
                directory < 0xFFFF_FFFF
            {
                return (directory, count)
            }
            place -= 1
        }
        return nil
    }

    /// A number of one to four bytes, the smallest first; nothing beyond the end.
    private static func number(_ data: Data, _ place: Int, _ size: Int) -> Int? {
        guard place >= 0, place <= data.count - size else { return nil }
        return part(data, place, size).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func part(_ data: Data, _ place: Int, _ size: Int) -> [UInt8] {
        Array(data[data.startIndex + place..<data.startIndex + place + size])
    }
}
