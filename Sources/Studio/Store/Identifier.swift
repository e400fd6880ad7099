import Foundation

/// Names that the studio gives: 26 letters and digits that grow with time (ULID).
enum Identifier {
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// A new one.
    static func make(now: Date = Date()) -> String {
        var time = UInt64(max(now.timeIntervalSince1970 * 1000, 0))
        var text: [Character] = []
        for _ in 0..<10 {
            text.append(letters[Int(time & 31)])
            time >>= 5
        }
        text.reverse()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<16 { text.append(letters[Int(generator.next(upperBound: UInt64(32)))]) }
        return String(text)
    }

    /// Whether a text can be one: nothing else is ever looked up or made part of a path.
    static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 26
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
