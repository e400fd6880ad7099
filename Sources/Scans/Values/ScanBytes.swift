import Foundation

/// The bytes of a file, read at places that are checked against their number.
struct ScanBytes: Sendable {
    /// The bytes; the first has the place 0.
    let data: Data
    /// What errors call the file.
    let name: String

    init(_ data: Data, name: String) {
        self.data = data.startIndex == 0 ? data : Data(data)
        self.name = name
    }

    /// How many there are.
    var count: Int { data.count }

    /// Whether so many bytes lie at a place.
    func has(_ length: Int, at place: Int) -> Bool {
        place >= 0 && length >= 0 && place <= count && length <= count - place
    }

    /// A whole number at a place.
    ///
    /// - Throws: `ScanError` where the file ends before it.
    func number<Number: FixedWidthInteger>(
        _ place: Int,
        _ type: Number.Type = Number.self,
        isBig: Bool = false
    ) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard has(size, at: place) else { throw ends(before: size, at: place) }
        let raw = data.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: place, as: Number.self)
        }
        return isBig ? Number(bigEndian: raw) : Number(littleEndian: raw)
    }

    /// A number of four bytes with a fraction.
    func float(_ place: Int, isBig: Bool) throws -> Double {
        Double(Float(bitPattern: try number(place, UInt32.self, isBig: isBig)))
    }

    /// A number of eight bytes with a fraction.
    func double(_ place: Int, isBig: Bool) throws -> Double {
        Double(bitPattern: try number(place, UInt64.self, isBig: isBig))
    }

    /// A text of ASCII in a range, without spaces and zeros around it; what is not ASCII counts as '?'.
    func text(_ range: Range<Int>) -> String {
        guard has(range.count, at: range.lowerBound) else { return "" }
        let bytes = data[range].map { (32..<127).contains($0) ? $0 : $0 == 0 ? 32 : 63 }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }

    /// That the file ends early.
    func ends(before length: Int, at place: Int) -> ScanError {
        ScanError(
            .damaged,
            at: name,
            "is cut short: \(length) bytes are expected at \(place), the file has \(count)",
            cure: "copy the file again"
        )
    }

    /// That the file breaks a rule.
    func damage(_ message: String) -> ScanError { ScanError(.damaged, at: name, message) }

    /// That the file is of a kind that is not read.
    func unread(_ message: String, cure: String = "") -> ScanError {
        ScanError(.unsupported, at: name, message, cure: cure)
    }
}
