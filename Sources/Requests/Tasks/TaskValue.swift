/// What a task is told by one of its fields.
public enum TaskValue: Sendable, Equatable {
    /// How much.
    case number(Double)
    /// Which one.
    case word(String)

    /// The number; nothing where it is a word.
    public var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The whole number; nothing where it is none.
    public var whole: Int? { number.flatMap { Int(exactly: $0) } }

    /// The word; nothing where it is a number.
    public var word: String? {
        if case .word(let word) = self { word } else { nil }
    }
}

extension TaskValue: Codable {
    /// Reads a number or a text.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if let word = try? box.decode(String.self) {
            self = .word(word)
        } else {
            self = .number(try box.decode(Double.self))
        }
    }

    /// Writes a number or a text.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        switch self {
        case .number(let number): try box.encode(number)
        case .word(let word): try box.encode(word)
        }
    }
}

extension TaskValue: ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
    /// A number.
    public init(floatLiteral number: Double) { self = .number(number) }

    /// A word.
    public init(stringLiteral word: String) { self = .word(word) }
}
