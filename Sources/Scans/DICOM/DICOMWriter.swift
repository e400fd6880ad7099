import Foundation

/// Writes elements one after the other, with kinds, the lower byte first.
struct DICOMWriter {
    /// What was written.
    private(set) var data = Data()

    /// Kinds whose lengths have four bytes, of those that are written.
    private static let long: Set<String> = ["OB", "OW"]

    /// Adds an element of a text, filled up to an even length.
    mutating func add(_ tag: UInt32, _ kind: String, _ text: String) {
        var bytes = Array(text.utf8)
        if bytes.count % 2 == 1 { bytes.append(kind == "UI" ? 0 : 32) }
        add(tag, kind, bytes)
    }

    /// Adds an element of bytes.
    mutating func add(_ tag: UInt32, _ kind: String, _ bytes: [UInt8]) {
        data.append(contentsOf: DICOMWriter.little(UInt16(tag >> 16)))
        data.append(contentsOf: DICOMWriter.little(UInt16(tag & 0xFFFF)))
        data.append(contentsOf: kind.utf8)
        if DICOMWriter.long.contains(kind) {
            data.append(contentsOf: [0, 0] + DICOMWriter.little(UInt32(clamping: bytes.count)))
        } else {
            data.append(contentsOf: DICOMWriter.little(UInt16(clamping: bytes.count)))
        }
        data.append(contentsOf: bytes)
    }

    /// The bytes of a number, the lowest first.
    static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian, Array.init)
    }

    /// A number in at most 16 characters, as exact as that allows.
    static func decimal(_ value: Double) -> String {
        let texts = stride(from: 15, to: 4, by: -1).lazy.map {
            String(format: "%.\($0)g", locale: Locale(identifier: "en_US_POSIX"), value)
        }
        return texts.first { $0.utf8.count <= 16 } ?? "0"
    }
}
