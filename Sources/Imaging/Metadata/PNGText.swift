import CVips
import Foundation

/// Text chunks of PNG: tEXt, zTXt and iTXt.
struct PNGText {
    let keyword: String
    let text: String

    /// Reads a text chunk; nil where it is no text chunk or breaks the rules.
    ///
    /// - Throws: `ImagingError/tooLarge(name:what:found:limit:)` for more text than is allowed.
    init?(_ chunk: PNGChunk, in data: Data, name: String, limit: Int) throws {
        guard ["tEXt", "zTXt", "iTXt"].contains(chunk.type) else { return nil }
        var rest = data[chunk.content]
        guard let keyword = PNGText.field(&rest) else { return nil }
        self.keyword = PNGText.latin(keyword)
        var isCompressed = chunk.type == "zTXt"
        if chunk.type == "iTXt" {
            guard rest.count >= 2, rest.first ?? 0 <= 1 else { return nil }
            isCompressed = rest.first == 1
            rest = rest.dropFirst(2)
            guard PNGText.field(&rest) != nil, PNGText.field(&rest) != nil else { return nil }
        } else if isCompressed {
            rest = rest.dropFirst()
        }
        let bytes: Data
        if isCompressed {
            guard
                let inflated = try PNGText.inflated(
                    rest,
                    what: "bytes of text in \(chunk.type)",
                    name: name,
                    limit: limit
                )
            else { return nil }
            bytes = inflated
        } else {
            bytes = rest
        }
        guard bytes.count <= limit else {
            throw ImagingError.tooLarge(
                name: name,
                what: "bytes of text in \(chunk.type)",
                found: bytes.count,
                limit: limit
            )
        }
        text = chunk.type == "iTXt" ? String(decoding: bytes, as: UTF8.self) : TextBytes.text(bytes)
    }

    /// The bytes of a chunk: tEXt for plain ASCII, except where readers expect iTXt.
    static func encoded(keyword: String, text: String) -> Data {
        let content = Data(text.utf8.filter { $0 != 0 })
        var start = Data(keyword.utf8) + [0]
        let isPlain = text.utf8.allSatisfy { (32..<127).contains($0) }
        guard keyword == PNGKeyword.software, isPlain else {
            // Not compressed, no language, no translated keyword.
            start += [0, 0, 0, 0]
            return PNGChunk.encoded("iTXt", start + content)
        }
        return PNGChunk.encoded("tEXt", start + content)
    }

    /// Inflates; nil where the data is damaged.
    ///
    /// - Throws: `ImagingError/tooLarge(name:what:found:limit:)`.
    static func inflated(
        _ data: Data,
        what: String,
        name: String,
        limit: Int
    ) throws -> Data? {
        // Deflate gains at most 1,032 to 1; one byte more than the limit tells too much from enough.
        let capacity = min(limit + 1, data.count * 1_032 + 64)
        var count = 0
        let result = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            data.withUnsafeBytes { bytes in
                _ = try? VipsCall.run {
                    cvips_inflate(
                        bytes.baseAddress,
                        bytes.count,
                        buffer.baseAddress,
                        capacity,
                        &count,
                        $0
                    )
                }
            }
            filled = count
        }
        guard count <= limit else {
            throw ImagingError.tooLarge(name: name, what: what, found: count, limit: limit)
        }
        return Data(result)
    }

    /// Takes the bytes up to a zero off the front.
    private static func field(_ rest: inout Data) -> Data? {
        guard let end = rest.firstIndex(of: 0) else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return rest[..<end]
    }

    private static func latin(_ bytes: Data) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
