import Foundation

/// Reads JSON (RFC 8259) that anybody may have sent, and says where it is wrong.
///
/// It is stricter than it has to be where programs disagree: nothing is there twice, texts are whole.
package struct JSONReader {
    /// How deep lists and tables may lie in one another.
    static let deepest = 64

    private let bytes: [UInt8]
    private var place = 0
    private var path: [String] = []

    private init(_ data: Data) { bytes = Array(data) }

    /// Reads a body.
    ///
    /// - Parameter data: All of it, in UTF-8.
    /// - Returns: What it says.
    /// - Throws: `APIError` with the place, and the field where it is within one.
    package static func read(_ data: Data) throws -> JSONPiece {
        var reader = JSONReader(data)
        // The mark that some editors begin with.
        if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
        reader.skipSpace()
        guard reader.place < reader.bytes.count else {
            throw APIError.invalid(
                "the body is empty, expected JSON: a table in braces",
                code: "invalid_json"
            )
        }
        let piece = try reader.piece(depth: 0)
        reader.skipSpace()
        guard reader.place == reader.bytes.count else { throw reader.wrong("the end") }
        return piece
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func piece(depth: Int) throws -> JSONPiece {
        guard depth <= Self.deepest else {
            throw fault(
                "lists and tables lie more than \(Self.deepest) deep in one another; send it flatter"
            )
        }
        switch next {
        case UInt8(ascii: "{"): return .table(try table(depth: depth))
        case UInt8(ascii: "["): return .list(try list(depth: depth))
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(45), .some(48...57): return .number(try number())
        default: throw wrong("a value")
        }
    }

    private mutating func word(_ word: String, _ piece: JSONPiece) throws -> JSONPiece {
        guard bytes[place...].starts(with: word.utf8) else { throw wrong("a value") }
        place += word.utf8.count
        return piece
    }

    private mutating func table(depth: Int) throws -> [String: JSONPiece] {
        var found: [String: JSONPiece] = [:]
        place += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return found }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw wrong("a name in double quotes") }
            let name = try text()
            path.append(name)
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw wrong("':'") }
            skipSpace()
            guard found.updateValue(try piece(depth: depth + 1), forKey: name) == nil else {
                throw fault("'\(JSONReader.joined(path))' is there twice; send it once")
            }
            path.removeLast()
            skipSpace()
            if take(UInt8(ascii: "}")) { return found }
            guard take(UInt8(ascii: ",")) else { throw wrong("',' or '}'") }
        }
    }

    private mutating func list(depth: Int) throws -> [JSONPiece] {
        var found: [JSONPiece] = []
        place += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return found }
        while true {
            skipSpace()
            path.append(String(found.count))
            found.append(try piece(depth: depth + 1))
            path.removeLast()
            skipSpace()
            if take(UInt8(ascii: "]")) { return found }
            guard take(UInt8(ascii: ",")) else { throw wrong("',' or ']'") }
        }
    }

    private mutating func digits() -> Bool {
        let start = place
        while let byte = next, (48...57).contains(byte) { place += 1 }
        return place > start
    }

    private mutating func number() throws -> String {
        let start = place
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) {
            guard digits() else { throw wrong("a digit") }
        }
        if take(UInt8(ascii: ".")) {
            guard digits() else { throw wrong("a digit") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() else { throw wrong("a digit") }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func text() throws -> String {
        place += 1
        var found: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                place += 1
                guard let text = String(validating: found, as: UTF8.self) else {
                    throw fault("a text is not UTF-8; send all of the body in UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &found)
            case 0..<32:
                let escape = "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
                throw fault("a text has a control character as it is; write it as \(escape)")
            default:
                found.append(byte)
                place += 1
            }
        }
        throw wrong("the end of a text")
    }

    private mutating func escape(into found: inout [UInt8]) throws {
        place += 1
        guard let byte = next else { throw wrong("the end of a text") }
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 34, UInt8(ascii: "\\"): 92, UInt8(ascii: "/"): 47,
            UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
            UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        if let byte = plain[byte] {
            found.append(byte)
            place += 1
            return
        }
        guard byte == UInt8(ascii: "u") else { throw wrong("one of \"\\/bfnrtu") }
        let first = try unit()
        if let scalar = Unicode.Scalar(UInt32(first)) {
            found += Array(String(Character(scalar)).utf8)
            return
        }
        // Characters beyond the first plane are written as two halves.
        let half = "\\u" + String(first, radix: 16)
        guard first < 0xDC00, take(UInt8(ascii: "\\")), next == UInt8(ascii: "u") else {
            throw fault("a text has \(half), one half of a character; send both, or the character")
        }
        let second = try unit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00
            )
        else {
            throw fault("a text has \(half), one half of a character; send both, or the character")
        }
        found += Array(String(Character(scalar)).utf8)
    }

    private mutating func unit() throws -> UInt16 {
        place += 1
        let four = bytes[place..<min(place + 4, bytes.count)]
        let isHex = four.allSatisfy {
            (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
        }
        guard four.count == 4, isHex,
            let unit = UInt16(String(decoding: four, as: UTF8.self), radix: 16)
        else { throw wrong("four digits of 0 to f") }
        place += 4
        return unit
    }

    private func wrong(_ expected: String) -> APIError {
        let found =
            if place >= bytes.count { "the end" } else {
                "'" + LogText.short(String(decoding: bytes[place...].prefix(24), as: UTF8.self), 12)
                    + "'"
            }
        return fault("expected \(expected), found \(found)")
    }

    private func fault(_ what: String) -> APIError {
        let before = bytes[..<min(place, bytes.count)]
        let line = before.count(where: { $0 == 10 }) + 1
        let column = before.count - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
        return APIError.invalid(
            "the body is not JSON that can be read: \(what) (line \(line), column \(column)"
                + (path.isEmpty ? ")" : ", in '\(JSONReader.joined(path))')"),
            parameter: path.isEmpty ? nil : JSONReader.joined(path),
            code: "invalid_json"
        )
    }

    /// The name of a field within others, as it is shown.
    static func joined(_ path: [String]) -> String {
        LogText.short(path.prefix(8).joined(separator: "."), 60)
    }
}
