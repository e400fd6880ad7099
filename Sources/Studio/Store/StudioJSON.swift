import Foundation

/// How the studio writes and reads JSON.
enum StudioJSON {
    /// A value as a line of text.
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try data(value), as: UTF8.self)
    }

    /// A value as a line of text, names in the form `like_this`.
    static func snakeText(_ value: some Encodable) throws -> String {
        String(decoding: try data(value, keys: .convertToSnakeCase), as: UTF8.self)
    }

    /// A value as bytes.
    static func data(
        _ value: some Encodable,
        keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
    ) throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = keys
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }
}

/// A value that is written even where there is none: as null.
@propertyWrapper
struct Nullable<Value: Codable & Sendable>: Codable, Sendable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        wrappedValue = box.decodeNil() ? nil : try box.decode(Value.self)
    }

    func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(wrappedValue)
    }
}

extension Nullable: Equatable where Value: Equatable {}

/// JSON that is passed on as it is.
struct RawJSON: Encodable, Sendable {
    /// The text.
    var text: String

    func encode(to encoder: any Encoder) throws {
        let value = try JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8))
        try value.encode(to: encoder)
    }

    private indirect enum AnyJSON: Codable {
        case null
        case flag(Bool)
        case whole(UInt64)
        case number(Double)
        case text(String)
        case list([AnyJSON])
        case table([String: AnyJSON])

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                self = .null
            } else if let flag = try? box.decode(Bool.self) {
                self = .flag(flag)
            } else if let whole = try? box.decode(UInt64.self) {
                self = .whole(whole)
            } else if let number = try? box.decode(Double.self) {
                self = .number(number)
            } else if let text = try? box.decode(String.self) {
                self = .text(text)
            } else if let list = try? box.decode([AnyJSON].self) {
                self = .list(list)
            } else {
                self = .table(try box.decode([String: AnyJSON].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var box = encoder.singleValueContainer()
            switch self {
            case .null: try box.encodeNil()
            case .flag(let flag): try box.encode(flag)
            case .whole(let whole): try box.encode(whole)
            case .number(let number): try box.encode(number)
            case .text(let text): try box.encode(text)
            case .list(let list): try box.encode(list)
            case .table(let table): try box.encode(table)
            }
        }
    }
}
