/// The fields of a table.
struct JSONTableContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let table: [String: JSONPiece]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { table.keys.sorted().compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { table[key.stringValue] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).piece == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder(key).value(type)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        JSONPieceDecoder(piece: .table(table), codingPath: codingPath)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func decoder(_ key: Key) throws -> JSONPieceDecoder {
        let path = codingPath + [key]
        guard let piece = table[key.stringValue] else {
            let name = JSONReader.joined(path.map(\.stringValue))
            throw APIError.invalid(
                "'\(name)' is missing",
                parameter: name,
                code: "missing_required_parameter"
            )
        }
        return JSONPieceDecoder(piece: piece, codingPath: path)
    }
}

/// The pieces of a list, in turn.
struct JSONListContainer: UnkeyedDecodingContainer {
    let list: [JSONPiece]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    var count: Int? { list.count }
    var isAtEnd: Bool { currentIndex >= list.count }

    mutating func decodeNil() throws -> Bool {
        guard try decoder().piece == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try decoder().value(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type
    ) throws -> KeyedDecodingContainer<Inner> {
        let inner = try decoder().container(keyedBy: type)
        currentIndex += 1
        return inner
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let inner = try decoder().unkeyedContainer()
        currentIndex += 1
        return inner
    }

    mutating func superDecoder() throws -> any Decoder {
        let inner = try decoder()
        currentIndex += 1
        return inner
    }

    private func decoder() throws -> JSONPieceDecoder {
        let path = codingPath + [Place(intValue: currentIndex)]
        guard !isAtEnd else {
            throw JSONPieceDecoder(piece: .null, codingPath: path).unlike("one more")
        }
        return JSONPieceDecoder(piece: list[currentIndex], codingPath: path)
    }

    private struct Place: CodingKey {
        var intValue: Int?
        var stringValue: String { intValue.map(String.init) ?? "" }
        init(intValue: Int) { self.intValue = intValue }
        init?(stringValue: String) { nil }
    }
}
