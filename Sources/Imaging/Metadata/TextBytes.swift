import Foundation

/// Text in files whose encoding is not what the file's format says.
enum TextBytes {
    /// UTF-16 where a mark or zeros at every second place say so, UTF-8 where it is valid, else Latin-1.
    static func text(_ data: Data) -> String {
        if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
            return utf16(data, isBig: data.first == 0xFE)
        }
        let zeros = data.count { $0 == 0 }
        if zeros * 3 >= data.count, data.count >= 4, zeros > 1 {
            return utf16(data, isBig: true)
        }
        return String(validating: data, as: UTF8.self)
            ?? String(String.UnicodeScalarView(data.map { Unicode.Scalar($0) }))
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
        return decoded(bytes[...], isBig: big == little ? isBig : big > little)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, isBig: Bool) -> String {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { place in
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            return isBig ? first << 8 + second : second << 8 + first
        }
        return String(decoding: units, as: UTF16.self)
    }
}
