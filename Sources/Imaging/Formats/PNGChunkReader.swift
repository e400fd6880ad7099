import Foundation

/// Walks through the chunks of a PNG file and checks lengths and checksums.
struct PNGChunkReader {
    private let data: Data
    private let name: String
    private var at: Data.Index
    private var index = 0

    init(_ data: Data, name: String) {
        self.data = data
        self.name = name
        at = data.startIndex + PNGFile.signature.count
    }

    var remaining: Int { data.endIndex - at }

    var isAtEnd: Bool { at == data.endIndex }

    /// The next chunk.
    ///
    /// - Throws: `ImagingError` where the file ends or a checksum does not match.
    mutating func next() throws -> PNGChunk? {
        func truncated(_ expected: String, _ found: Int) -> ImagingError {
            .truncated(name: name, format: .png, expected: expected, found: "\(found) bytes")
        }
        func corrupt(_ expected: String, _ found: String) -> ImagingError {
            .corrupt(name: name, format: .png, expected: expected, found: found)
        }
        guard remaining >= 12 else {
            throw truncated("more chunks up to IEND", remaining)
        }
        let length = number(at: at)
        let letters = data[at + 4..<at + 8]
        guard letters.allSatisfy({ (65...90).contains($0 & 0xDF) }) else {
            throw corrupt("a chunk's name of four letters", "\(Array(letters))")
        }
        let type = String(decoding: letters, as: UTF8.self)
        guard length <= 0x7FFF_FFFF, Int(length) <= remaining - 12 else {
            throw truncated("chunk \(type) of \(length) bytes", remaining - 12)
        }
        let chunk = PNGChunk(type: type, content: at + 8..<at + 8 + Int(length))
        let expected = number(at: chunk.content.upperBound)
        let found = PNGChunk.checksum(data[at + 4..<chunk.content.upperBound])
        guard expected == found else {
            throw corrupt(
                "checksum \(String(expected, radix: 16)) in chunk \(type) (number \(index))",
                String(found, radix: 16)
            )
        }
        at = chunk.whole.upperBound
        index += 1
        return chunk
    }

    private func number(at position: Data.Index) -> UInt32 {
        data[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
