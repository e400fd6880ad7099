import Files
import Foundation

/// The bytes of a scan's file.
typealias ScanBytes = FileBytes<ScanTrouble>

extension ScanBytes {
    /// A text of ASCII in a range, without spaces and zeros around it; what is not ASCII counts as '?'.
    func text(_ range: Range<Int>) -> String {
        guard has(range.count, at: range.lowerBound) else { return "" }
        let bytes = data[range].map { (32..<127).contains($0) ? $0 : $0 == 0 ? 32 : 63 }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }

    /// That the file breaks a rule.
    func damage(_ message: String) -> ScanError { ScanError(.damaged, at: name, message) }

    /// That the file is of a kind that is not read.
    func unread(_ message: String, cure: String = "") -> ScanError {
        ScanError(.unsupported, at: name, message, cure: cure)
    }
}
