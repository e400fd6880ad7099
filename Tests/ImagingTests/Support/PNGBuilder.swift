import Foundation

/// Builds PNG files by hand, independently of the code under test.
enum PNGBuilder {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// The checksum of PNG, bit by bit.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
        }
        return ~crc
    }

    static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(checksum(body))
    }

    static func header(
        _ width: UInt32,
        _ height: UInt32,
        depth: UInt8 = 8,
        color: UInt8,
        interlace: UInt8 = 0
    ) -> [UInt8] {
        chunk(
            "IHDR",
            bigEndian(width) + bigEndian(height) + [depth, color, 0, 0, interlace]
        )
    }

    /// A zlib stream of one stored block.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 65_536)
        let length = UInt16(bytes.count)
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return [0x78, 0x01, 1, UInt8(length & 255), UInt8(length >> 8)]
            + [UInt8(~length & 255), UInt8(~length >> 8)] + bytes + bigEndian(high << 16 | low)
    }

    static func file(_ chunks: [UInt8]...) -> Data {
        Data(signature + chunks.flatMap { $0 } + chunk("IEND", []))
    }

    /// A file of rows that start with their filter byte.
    static func picture(
        _ width: UInt32,
        _ height: UInt32,
        depth: UInt8 = 8,
        color: UInt8,
        rows: [UInt8],
        extra: [UInt8] = []
    ) -> Data {
        file(header(width, height, depth: depth, color: color), extra, chunk("IDAT", stored(rows)))
    }

    /// The content of the first chunk of a type.
    static func content(of type: String, in data: Data) -> [UInt8]? {
        var at = 8
        let bytes = Array(data)
        while at + 12 <= bytes.count {
            let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            if Array(bytes[at + 4..<at + 8]) == Array(type.utf8) {
                return Array(bytes[at + 8..<at + 8 + length])
            }
            at += 12 + length
        }
        return nil
    }

    /// The types of all chunks, in order.
    static func types(in data: Data) -> [String] {
        var at = 8
        var result: [String] = []
        let bytes = Array(data)
        while at + 12 <= bytes.count {
            result.append(String(decoding: bytes[at + 4..<at + 8], as: UTF8.self))
            at += 12 + bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        return result
    }
}
