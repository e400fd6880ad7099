/// Reads JSON front to back without building anything: bounded in depth, strict about duplicates.
///
/// A general parser would turn `1.0` and `1` into the same number, keep one of two equal keys, and
/// build a tree many times the size of a hostile header.
struct JSONScanner {
    /// What is wrong with the text, and where.
    struct Problem: Error {
        let text: String
    }

    /// Objects and arrays within each other.
    static let maximumDepth = 8

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    /// A scanner at the start of the text.
    init(_ bytes: [UInt8]) throws(Problem) {
        self.bytes = bytes
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Problem(text: "the header is not UTF-8 text")
        }
    }

    /// Reads an object; the body reads each value and is told its key.
    mutating func object(
        maximumCount: Int = 1024,
        _ body: (inout JSONScanner, String) throws(Problem) -> Void
    ) throws(Problem) {
        try enter("{")
        defer { depth -= 1 }
        var keys: Set<String> = []
        guard !found("}") else { return }
        repeat {
            let key = try string()
            guard keys.insert(key).inserted else { throw problem("'\(key)' is there twice") }
            guard keys.count <= maximumCount else {
                throw problem("more than \(maximumCount) entries")
            }
            try expect(":")
            try body(&self, key)
        } while found(",")
        try expect("}")
    }

    /// Reads an array; the body reads each element.
    mutating func array(_ body: (inout JSONScanner) throws(Problem) -> Void) throws(Problem) {
        try enter("[")
        defer { depth -= 1 }
        guard !found("]") else { return }
        repeat { try body(&self) } while found(",")
        try expect("]")
    }

    /// Reads whole numbers that are not negative.
    mutating func wholeNumbers(maximumCount: Int) throws(Problem) -> [Int] {
        var numbers: [Int] = []
        try array { scanner throws(Problem) in
            guard numbers.count < maximumCount else {
                throw scanner.problem("more than \(maximumCount) numbers")
            }
            numbers.append(try scanner.wholeNumber())
        }
        return numbers
    }

    /// Reads `null` when it comes next.
    mutating func foundNull() -> Bool {
        skipSpace()
        guard bytes[place...].starts(with: "null".utf8) else { return false }
        place += 4
        return true
    }

    /// Reads and forgets whatever comes next.
    mutating func skipValue() throws(Problem) {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"):
            try object { scanner, _ throws(Problem) in try scanner.skipValue() }
        case UInt8(ascii: "["):
            try array { scanner throws(Problem) in try scanner.skipValue() }
        case UInt8(ascii: "\""):
            _ = try string()
        default:
            for word in ["true", "false", "null"] where bytes[place...].starts(with: word.utf8) {
                place += word.utf8.count
                return
            }
            _ = try number()
        }
    }

    /// Makes sure that nothing but white space is left.
    mutating func end() throws(Problem) {
        skipSpace()
        guard place == bytes.count else { throw problem("text after the end of the header") }
    }

    /// Reads a text.
    mutating func string() throws(Problem) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("a control character in a text") }
            place += 1
            if byte == UInt8(ascii: "\\") {
                text += try escaped()
            } else {
                text.append(byte)
            }
        }
        try expect("\"")
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escaped() throws(Problem) -> [UInt8] {
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
            UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        ]
        guard let byte = next else { throw problem("a text without an end") }
        place += 1
        if let character = plain[byte] { return [character] }
        guard byte == UInt8(ascii: "u") else { throw problem("an unknown escape") }
        var units = [try hexadecimal()]
        if UTF16.isLeadSurrogate(units[0]), bytes[place...].starts(with: "\\u".utf8) {
            place += 2
            units.append(try hexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw problem("an escape that is no character")
        }
        return Array(text.utf8)
    }

    private mutating func hexadecimal() throws(Problem) -> UInt16 {
        let digits = bytes[place...].prefix(4)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, text.allSatisfy(\.isHexDigit),
            let value = UInt16(text, radix: 16)
        else { throw problem("an escape without four digits") }
        place += 4
        return value
    }

    private mutating func wholeNumber() throws(Problem) -> Int {
        let text = try number()
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(text) else {
            throw problem("expected a whole number below 2⁶³, found \(text)")
        }
        return value
    }

    private mutating func number() throws(Problem) -> String {
        skipSpace()
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        let isZero = next == UInt8(ascii: "0")
        let whole = skipDigits()
        var isNumber = whole > 0 && !(isZero && whole > 1)
        if next == UInt8(ascii: ".") {
            place += 1
            isNumber = skipDigits() > 0 && isNumber
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            isNumber = skipDigits() > 0 && isNumber
        }
        guard isNumber else {
            place = start
            throw problem("expected a number")
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func skipDigits() -> Int {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        return place - start
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private mutating func found(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Problem) {
        guard found(character) else { throw problem("expected '\(character)'") }
    }

    private mutating func enter(_ character: Unicode.Scalar) throws(Problem) {
        guard depth < Self.maximumDepth else {
            throw problem("nested deeper than \(Self.maximumDepth)")
        }
        try expect(character)
        depth += 1
    }

    private func problem(_ text: String) -> Problem {
        Problem(text: "\(text) (header, byte \(place))")
    }
}
