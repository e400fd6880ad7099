import Foundation

/// One record of an event file: length, its checksum, the bytes, their checksum.
package enum EventFrame {
    /// The bytes with their frame.
    package static func framed(_ payload: Data) -> Data {
        let length = littleEndian(UInt64(payload.count))
        return length + littleEndian(CRC32C.masked(length)) + payload
            + littleEndian(CRC32C.masked(payload))
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: number.littleEndian) { Data($0) }
    }
}
