import Foundation

/// Text in files whose encoding is not what the file's format says.
enum TextBytes {
    /// UTF-16 where a mark or zeros between say so, UTF-8 where it is valid, else Latin-1.
    static func text(_ data: Data) -> String {
        if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
            return utf16(data, isBig: data.first == 0xFE)
        }
        // Zeros behind the end say nothing of what is before them.
        let body = data.prefix(
            1 + (data.lastIndex { $0 != 0 } ?? data.startIndex - 1) - data.startIndex
        )
        let zeros = body.count { $0 == 0 }
        let plain = String(validating: data, as: UTF8.self)
        // No other encoding has zeros between bytes that are not of UTF-8.
        let isWide = zeros * 3 >= body.count && zeros > 1 || zeros > 0 && plain == nil
        if isWide, body.count >= 4 { return utf16(data, isBig: true) }
        return plain ?? String(String.UnicodeScalarView(data.map { Unicode.Scalar($0) }))
    }

    /// What is said to be Unicode: UTF-16, or UTF-8 where no byte is zero and all of it is valid.
    static func unicode(_ data: Data, isBig: Bool) -> String {
        let start = data.prefix { $0 != 0 }
        let isPadded = data.dropFirst(start.count).allSatisfy { $0 == 0 }
        if isPadded, data.first != 0xFF, data.first != 0xFE,
            let text = String(validating: start, as: UTF8.self)
        {
            return text
        }
        return utf16(data, isBig: isBig)
    }

    /// UTF-16 in the order that its mark says, or in which more of it is plain text.
    ///
    /// Programs write the other order than they say, so the content decides before the file does.
    static func utf16(_ data: Data, isBig: Bool) -> String {
        let bytes = Array(data)
        if bytes.starts(with: [0xFE, 0xFF]) { return decoded(bytes.dropFirst(2), isBig: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return decoded(bytes.dropFirst(2), isBig: false) }
        let pairs = stride(from: 0, to: bytes.count - 1, by: 2)
        let big = pairs.count { bytes[$0] == 0 && bytes[$0 + 1] != 0 }
        let little = pairs.count { bytes[$0] != 0 && bytes[$0 + 1] == 0 }
        guard big == little else { return decoded(bytes[...], isBig: big > little) }
        // Without a letter of ASCII: the order in which more of it is in scripts that people write.
        let (own, other) = (decoded(bytes[...], isBig: isBig), decoded(bytes[...], isBig: !isBig))
        return usual(other) > usual(own) ? other : own
    }

    /// How many characters are of scripts and marks in common use.
    private static func usual(_ text: String) -> Int {
        text.unicodeScalars.count { scalar in
            switch scalar.value {
            case 0x20..<0x530, 0x2000..<0x2070, 0x3000..<0x3100, 0x4E00..<0xA000, 0xAC00..<0xD7A4,
                0xFF00..<0xFFF0, 0x1F300..<0x1FB00:
                true
            default: false
            }
        }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, isBig: Bool) -> String {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { place in
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            return isBig ? first << 8 + second : second << 8 + first
        }
        return String(decoding: units, as: UTF16.self)
    }
}
