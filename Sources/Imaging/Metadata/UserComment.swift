import Foundation

/// The comment that cameras and generators of pictures leave in Exif: their settings, often in UTF-16.
///
/// Source: CIPA DC-008, "Exif 2.32", 4.6.5 (UserComment), and TIFF 6.0, section 2.
enum UserComment {
    /// The comment of an Exif block; nothing where there is none, or where the block is damaged.
    static func text(exif: Data) -> String? {
        var data = exif
        if data.starts(with: Array("Exif\0\0".utf8)) { data = Data(data.dropFirst(6)) }
        data = Data(data)
        guard let tiff = Tags(data), let place = tiff.value(0x8769, in: tiff.first),
            let comment = tiff.bytes(0x9286, in: place), comment.count > 8
        else { return nil }
        let (code, content) = (comment.prefix(8), Data(comment.dropFirst(8)))
        let text: String
        if code.starts(with: Array("UNICODE".utf8)) {
            text = TextBytes.unicode(content, isBig: tiff.isBig)
        } else if code.starts(with: Array("JIS".utf8)), content.contains(0x1B) {
            // Escapes of ISO 2022 lead from ASCII to JIS X 0208 and back.
            guard let japanese = String(data: content, encoding: .iso2022JP) else { return nil }
            text = japanese
        } else {
            text = TextBytes.text(content)
        }
        let trimmed = text.trimmingCharacters(in: CharacterSet(charactersIn: "\0 \n"))
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The tags of a TIFF structure, read without trusting any of its numbers.
    private struct Tags {
        let data: Data
        let isBig: Bool
        var first: Int { Int(number(4, 4) ?? 0) }

        init?(_ data: Data) {
            guard data.count >= 8 else { return nil }
            if data.starts(with: Array("MM\0*".utf8)) {
                isBig = true
            } else if data.starts(with: Array("II*\0".utf8)) {
                isBig = false
            } else {
                return nil
            }
            self.data = data
        }

        /// The number of a tag: the place of another list of tags.
        func value(_ tag: UInt32, in place: Int) -> Int? {
            entry(tag, in: place).flatMap { number($0 + 8, 4) }.map(Int.init)
        }

        /// The bytes of a tag.
        func bytes(_ tag: UInt32, in place: Int) -> Data? {
            guard let entry = entry(tag, in: place), let kind = number(entry + 2, 2),
                let count = number(entry + 4, 4), [1, 2, 6, 7].contains(kind)
            else { return nil }
            let start = count <= 4 ? entry + 8 : Int(number(entry + 8, 4) ?? 0)
            guard start + Int(count) <= data.count else { return nil }
            return data[start..<start + Int(count)]
        }

        private func entry(_ tag: UInt32, in place: Int) -> Int? {
            guard let count = number(place, 2) else { return nil }
            return (0..<Int(count)).lazy.map { place + 2 + 12 * $0 }.first { number($0, 2) == tag }
        }

        private func number(_ place: Int, _ bytes: Int) -> UInt32? {
            guard place >= 0, place + bytes <= data.count else { return nil }
            let own = Array(data[place..<place + bytes])
            let ordered: [UInt8] = isBig ? own : own.reversed()
            return ordered.reduce(UInt32(0)) { number, byte in number << 8 | UInt32(byte) }
        }
    }
}
