import Foundation

/// A piece of JSON that someone sent, numbers as they are written.
package indirect enum JSONPiece: Sendable, Equatable {
    /// The value null.
    case null
    /// True or false.
    case flag(Bool)
    /// A number's digits.
    case number(String)
    /// A text.
    case text(String)
    /// Pieces in turn.
    case list([JSONPiece])
    /// Pieces by name.
    case table([String: JSONPiece])

    /// What it is, in a few words: `'apple'`, `2.5`, `a list`.
    var shown: String {
        switch self {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): LogText.short(number)
        case .text(let text): "'\(LogText.short(text))'"
        case .list: "a list"
        case .table: "a table"
        }
    }

    /// The piece as a value of a program.
    ///
    /// - Throws: `APIError` with the field that does not fit, what was expected, and what it is.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONPieceDecoder(piece: self).value(type)
    }
}

extension JSONPiece: Encodable {
    /// Writes it as it was read; a number that no program can hold becomes a text.
    package func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        switch self {
        case .null: try box.encodeNil()
        case .flag(let flag): try box.encode(flag)
        case .number(let text):
            if let whole = Int64(text) {
                try box.encode(whole)
            } else if let whole = UInt64(text) {
                try box.encode(whole)
            } else if let number = Double(text), number.isFinite {
                try box.encode(number)
            } else {
                try box.encode(text)
            }
        case .text(let text): try box.encode(text)
        case .list(let list): try box.encode(list)
        case .table(let table): try box.encode(table)
        }
    }
}
