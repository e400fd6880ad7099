import Foundation
import Synchronization

/// Names that the studio gives: 26 letters and digits that grow with time (ULID).
enum Identifier {
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static let last = Mutex<(time: UInt64, chance: [UInt8])>((0, []))

    /// A new one, greater than all that this program made before.
    static func make(now: Date = Date()) -> String {
        let (time, chance) = last.withLock { last in
            let time = max(UInt64(max(now.timeIntervalSince1970 * 1000, 0)), last.time)
            if time == last.time {
                increment(&last.chance)
            } else {
                last = (time, (0..<16).map { _ in UInt8.random(in: 0..<32) })
            }
            return last
        }
        let places = (0..<10).reversed().map { Int(time >> (5 * UInt64($0)) & 31) }
        return String((places + chance.map(Int.init)).map { letters[$0] })
    }

    /// The smallest of those made at a time, in seconds since 1970.
    static func first(at time: Double) -> String {
        let time = UInt64(max(time.isFinite ? min(time, 1e11) * 1000 : 0, 0))
        let places = (0..<10).reversed().map { Int(time >> (5 * UInt64($0)) & 31) }
        return String(places.map { letters[$0] }) + String(repeating: "0", count: 16)
    }

    /// Adds one to digits of 32.
    private static func increment(_ digits: inout [UInt8]) {
        for place in digits.indices.reversed() {
            digits[place] = (digits[place] + 1) & 31
            if digits[place] != 0 { return }
        }
    }

    /// Whether a text can be one: nothing else is ever looked up or made part of a path.
    static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 26
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
