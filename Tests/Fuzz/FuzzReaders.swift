import Foundation

/// All readers of what strangers made.
enum FuzzReaders {
    static func all(_ place: FuzzPlace) throws -> [FuzzReader] {
        try pictures(place) + sets(place) + scans(place) + sounds() + texts() + files(place)
            + published()
    }

    /// The bytes of a text.
    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// The text of bytes, whatever they are.
    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The checksum of PNG, gzip and zip.
    static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) {
            (crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)]) ^ ($0 >> 8)
        }
    }

    private static let crcTable: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian, Array.init)
    }

    static func big(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian, Array.init)
    }
}
