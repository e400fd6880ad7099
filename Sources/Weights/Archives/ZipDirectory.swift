import Foundation

/// Where the files in a ZIP lie, so that they can be mapped into memory: only those that are stored as they are.
///
/// Source: PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.
struct ZipDirectory {
    /// A file in the archive.
    struct Entry: Sendable, Equatable {
        /// Its path.
        let path: String
        /// Where its local header begins.
        let header: Int
        /// Its bytes.
        let count: Int
        /// Whether it is stored as it is.
        let isStored: Bool
    }

    /// The files by their paths.
    let entries: [String: Entry]
    private let data: Data

    private static let mostEntries = 1 << 20

    /// Reads the directory at the end.
    ///
    /// - Throws: `WeightsError`.
    init(_ data: Data) throws(WeightsError) {
        self.data = data
        let bytes = Bytes(data)
        guard let end = bytes.lastMark(0x0605_4B50, within: 22 + 0xFFFF) else {
            throw WeightsError(.damaged, "it begins as a ZIP and has no directory at its end")
        }
        var count = try bytes.number(end + 10, 2)
        var start = try bytes.number(end + 16, 4)
        if count == 0xFFFF || start == 0xFFFF_FFFF, end >= 20,
            try bytes.number(end - 20, 4) == 0x0706_4B50
        {
            let wide = try bytes.number(end - 12, 8)
            guard try bytes.number(wide, 4) == 0x0606_4B50 else { throw Self.damaged }
            count = try bytes.number(wide + 32, 8)
            start = try bytes.number(wide + 48, 8)
        }
        guard count <= Self.mostEntries else {
            throw WeightsError(.tooLarge, "it says that it has \(count) files")
        }
        var entries: [String: Entry] = [:]
        var place = start
        for _ in 0..<count {
            guard try bytes.number(place, 4) == 0x0201_4B50 else { throw Self.damaged }
            let flags = try bytes.number(place + 8, 2)
            guard flags & 1 == 0 else { throw WeightsError(.unknown, "it is encrypted") }
            let method = try bytes.number(place + 10, 2)
            var packed = try bytes.number(place + 20, 4)
            var length = try bytes.number(place + 24, 4)
            let names = try (bytes.number(place + 28, 2), bytes.number(place + 30, 2))
            let comment = try bytes.number(place + 32, 2)
            var header = try bytes.number(place + 42, 4)
            let path = String(decoding: try bytes.bytes(place + 46, names.0), as: UTF8.self)
            var extra = place + 46 + names.0
            let extraEnd = extra + names.1
            while extra + 4 <= extraEnd {
                let (kind, size) = try (bytes.number(extra, 2), bytes.number(extra + 2, 2))
                if kind == 1 {
                    var field = extra + 4
                    func wide(_ value: inout Int) throws(WeightsError) {
                        guard value == 0xFFFF_FFFF else { return }
                        guard field + 8 <= extra + 4 + size else { throw Self.damaged }
                        value = try bytes.number(field, 8)
                        field += 8
                    }
                    try wide(&length)
                    try wide(&packed)
                    try wide(&header)
                }
                extra += 4 + size
            }
            let entry = Entry(
                path: path,
                header: header,
                count: length,
                isStored: method == 0 && packed == length
            )
            guard entries.updateValue(entry, forKey: path) == nil else {
                throw WeightsError(.damaged, at: path, "is in the archive twice")
            }
            place = extraEnd + comment
        }
        self.entries = entries
    }

    /// The bytes of a file, not copied.
    ///
    /// - Throws: `WeightsError` where it is not there, packed, or beyond the archive's end.
    func contents(of path: String) throws(WeightsError) -> Data {
        guard let entry = entries[path] else {
            throw WeightsError(.damaged, at: path, "is not in the archive")
        }
        guard entry.isStored else {
            throw WeightsError(
                .unknown,
                at: path,
                "is packed",
                cure: "Save the weights again with torch.save, which stores them as they are."
            )
        }
        let bytes = Bytes(data)
        guard try bytes.number(entry.header, 4) == 0x0403_4B50 else { throw Self.damaged }
        let names = try (bytes.number(entry.header + 26, 2), bytes.number(entry.header + 28, 2))
        return try bytes.bytes(entry.header + 30 + names.0 + names.1, entry.count)
    }

    private static let damaged = WeightsError(.damaged, "its directory does not fit its contents")

    /// Numbers at places.
    private struct Bytes {
        let data: Data

        init(_ data: Data) { self.data = data }

        func bytes(_ place: Int, _ count: Int) throws(WeightsError) -> Data {
            guard place >= 0, count >= 0, place <= data.count, count <= data.count - place else {
                throw ZipDirectory.damaged
            }
            return data[data.startIndex + place..<data.startIndex + place + count]
        }

        func number(_ place: Int, _ count: Int) throws(WeightsError) -> Int {
            var number: UInt64 = 0
            for byte in try bytes(place, count).reversed() { number = number << 8 | UInt64(byte) }
            guard let small = Int(exactly: number) else { throw ZipDirectory.damaged }
            return small
        }

        func lastMark(_ mark: Int, within: Int) -> Int? {
            guard data.count >= 22 else { return nil }
            let first = max(0, data.count - within)
            return stride(from: data.count - 22, through: first, by: -1)
                .first { (try? number($0, 4)) == mark }
        }
    }
}
