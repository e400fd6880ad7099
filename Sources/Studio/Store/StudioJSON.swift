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
        try JSONReader.read(Data(text.utf8)).encode(to: encoder)
    }
}
