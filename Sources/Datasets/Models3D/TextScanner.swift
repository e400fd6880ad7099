/// Reads words and numbers of a text in bytes, line by line; nothing in it can make it stop.
struct TextScanner {
    /// The line that is being read, from 1.
    private(set) var line = 1

    private let bytes: [UInt8]
    private var position = 0

    private static let powers: [Double] = {
        var powers = [1.0]
        for _ in 0..<22 { powers.append((powers.last ?? 1) * 10) }
        return powers
    }()

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether nothing is left of the text.
    var isAtEnd: Bool { position >= bytes.count }

    /// The next word of this line; nil at its end.
    mutating func word() -> ArraySlice<UInt8>? {
        skipBlanks()
        let start = position
        while position < bytes.count, !Self.isBlank(bytes[position]) { position += 1 }
        return position > start ? bytes[start..<position] : nil
    }

    /// What is left of this line, without blanks around it.
    mutating func rest() -> String {
        skipBlanks()
        let start = position
        while position < bytes.count, bytes[position] != 10 { position += 1 }
        var end = position
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// A number and what ends it; nil where there is none, or one that is not finite.
    mutating func number() -> Double? {
        skipBlanks()
        let isNegative = takesSign()
        var value = 0.0
        var digits = 0
        var scale = 0
        while let digit = digit() {
            value = value * 10 + Double(digit)
            digits += 1
        }
        if take(46) {
            while let digit = digit() {
                value = value * 10 + Double(digit)
                digits += 1
                scale -= 1
            }
        }
        guard digits > 0 else { return nil }
        if take(101) || take(69) {
            let isSmall = takesSign()
            guard let exponent = count() else { return nil }
            scale += isSmall ? -exponent : exponent
        }
        guard isAtWordEnd else { return nil }
        let power = abs(scale)
        let factor =
            power < Self.powers.count ? Self.powers[power] : Self.power(of: min(power, 400))
        value = scale < 0 ? value / factor : value * factor
        guard value.isFinite else { return nil }
        return isNegative ? -value : value
    }

    /// The three numbers of a corner, `position/coordinate/normal`, 0 where one is not said.
    ///
    /// Nil at the end of the line as well as where there is none; `isAtLineEnd` tells.
    mutating func corner() -> SIMD3<Int32>? {
        skipBlanks()
        guard let position = integer() else { return nil }
        var corner = SIMD3<Int32>(position, 0, 0)
        if take(47) {
            corner.y = integer() ?? 0
            if take(47) { corner.z = integer() ?? 0 }
        }
        return isAtWordEnd ? corner : nil
    }

    /// Whether only blanks are left of this line.
    mutating func isAtLineEnd() -> Bool {
        skipBlanks()
        return position >= bytes.count || bytes[position] == 10
    }

    /// Goes to the start of the next line.
    mutating func nextLine() {
        while position < bytes.count, bytes[position] != 10 { position += 1 }
        if position < bytes.count {
            position += 1
            line += 1
        }
    }

    private var isAtWordEnd: Bool { position >= bytes.count || Self.isBlank(bytes[position]) }

    /// Blanks, and an end of line after a backslash.
    private mutating func skipBlanks() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 10 { return }
            if byte == 92 {
                var end = position + 1
                if end < bytes.count, bytes[end] == 13 { end += 1 }
                guard end < bytes.count, bytes[end] == 10 else { return }
                position = end + 1
                line += 1
            } else if Self.isBlank(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Passes over a sign; whether it was a minus.
    private mutating func takesSign() -> Bool {
        if take(45) { return true }
        _ = take(43)
        return false
    }

    private mutating func digit() -> UInt8? {
        guard position < bytes.count, (48...57).contains(bytes[position]) else { return nil }
        position += 1
        return bytes[position - 1] - 48
    }

    private mutating func count() -> Int? {
        guard var value = digit().map(Int.init) else { return nil }
        while let digit = digit() { value = min(value * 10 + Int(digit), 1_000_000_000) }
        return value
    }

    private mutating func integer() -> Int32? {
        let isNegative = takesSign()
        guard let value = count() else { return nil }
        return Int32(isNegative ? -value : value)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 32 }

    private static func power(of exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}
