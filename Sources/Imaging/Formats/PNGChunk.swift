import CVips
import Foundation

/// One chunk of a PNG file: where it lies.
struct PNGChunk {
    /// Four letters.
    let type: String
    /// The bytes of the content.
    let content: Range<Data.Index>

    /// The bytes of the chunk with its length, type and checksum.
    var whole: Range<Data.Index> { content.lowerBound - 8..<content.upperBound + 4 }

    /// Whether a reader must understand it: the first letter is a capital.
    var isCritical: Bool { type.first?.isUppercase ?? false }

    /// The bytes of a chunk.
    static func encoded(_ type: String, _ content: Data) -> Data {
        var result = Data()
        func append(_ number: UInt32) {
            result.append(contentsOf: withUnsafeBytes(of: number.bigEndian) { Array($0) })
        }
        append(UInt32(content.count))
        result.append(contentsOf: type.utf8)
        result.append(content)
        append(checksum(result.dropFirst(4)))
        return result
    }

    /// The checksum over type and content.
    static func checksum(_ bytes: Data) -> UInt32 {
        bytes.withUnsafeBytes { cvips_crc(0, $0.baseAddress, $0.count) }
    }
}
