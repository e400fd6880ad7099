/// Gives values what JSON says for them; whatever does not fit is named with what was expected.
struct JSONPieceDecoder: Decoder {
    let piece: JSONPiece
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .table(let table) = piece else { throw unlike("a table in braces") }
        return KeyedDecodingContainer(JSONTableContainer(table: table, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let list) = piece else { throw unlike("a list in brackets") }
        return JSONListContainer(list: list, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        JSONValueContainer(decoder: self)
    }

    /// The piece as a value.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        switch type {
        case is String.Type: return try cast(text())
        case is Bool.Type: return try cast(flag())
        case is Int.Type: return try cast(whole(Int.self))
        case is Int64.Type: return try cast(whole(Int64.self))
        case is UInt64.Type: return try cast(whole(UInt64.self))
        case is Double.Type: return try cast(number())
        default: break
        }
        do {
            return try Value(from: self)
        } catch DecodingError.dataCorrupted(let context)
            where context.codingPath.count <= codingPath.count
        {
            // One of some names: the piece itself is what is wrong.
            throw APIError.invalid(
                "\(name) is \(piece.shown), \(JSONPieceDecoder.expected(type) ?? context.debugDescription)",
                parameter: path
            )
        }
    }

    private static func expected<Value>(_ type: Value.Type) -> String? {
        func names<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) -> String {
            "expected " + type.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
        }
        guard let choice = type as? any (CaseIterable & RawRepresentable).Type else { return nil }
        return names(choice)
    }

    private func cast<Value>(_ value: Any) throws -> Value {
        guard let value = value as? Value else { throw unlike("another value") }
        return value
    }

    private func text() throws -> String {
        guard case .text(let text) = piece else { throw unlike("a text") }
        return text
    }

    private func flag() throws -> Bool {
        guard case .flag(let flag) = piece else { throw unlike("true or false") }
        return flag
    }

    private func number() throws -> Double {
        guard case .number(let text) = piece, let number = Double(text), number.isFinite else {
            let isNumber = if case .number = piece { true } else { false }
            throw unlike(isNumber ? "a number of at most 1.8e308" : "a number")
        }
        return number
    }

    private func whole<Whole: FixedWidthInteger>(_ type: Whole.Type) throws -> Whole {
        if case .number(let text) = piece,
            let whole = Whole(text) ?? Double(text).flatMap(Whole.init(exactly:))
        {
            return whole
        }
        // Where it is whole, it is too large.
        let isWhole = if case .number(let text) = piece { !text.contains(".") } else { false }
        throw unlike(
            isWhole ? "a whole number from \(Whole.min) to \(Whole.max)" : "a whole number"
        )
    }

    private var path: String? {
        codingPath.isEmpty
            ? nil
            : JSONReader.joined(codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue })
    }

    private var name: String { path.map { "'\($0)'" } ?? "the body" }

    /// That the piece is something else.
    func unlike(_ expected: String) -> APIError {
        .invalid("\(name) is \(piece.shown), expected \(expected)", parameter: path)
    }
}

/// The one value of a piece.
struct JSONValueContainer: SingleValueDecodingContainer {
    let decoder: JSONPieceDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.piece == .null }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.value(type) }
}
