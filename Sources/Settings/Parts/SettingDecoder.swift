/// Reads values of types out of a tree, telling exactly where one does not fit.
struct SettingDecoder: Decoder {
    let tree: SettingValue
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard case .section(let entries) = tree else { throw wrong("a section") }
        return KeyedDecodingContainer(Section(entries: entries, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let items) = tree else { throw wrong("a list in brackets") }
        return List(items: items, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func wrong(_ expected: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: expected))
    }

    /// A key or a place, as paths have it.
    struct Step: CodingKey {
        let stringValue: String
        var intValue: Int?
        init(_ text: String) { stringValue = text }
        init(_ index: Int) { (stringValue, intValue) = ("[\(index)]", index) }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private struct Section<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let entries: [String: SettingValue]
        let codingPath: [any CodingKey]

        var allKeys: [Key] { entries.keys.compactMap { Key(stringValue: SettingCoding.camel($0)) } }

        func contains(_ key: Key) -> Bool { entries[SettingCoding.kebab(key.stringValue)] != nil }

        private func decoder(_ key: Key) throws -> SettingDecoder {
            let name = SettingCoding.kebab(key.stringValue)
            guard let value = entries[name] else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: codingPath, debugDescription: "the key \(name)")
                )
            }
            return SettingDecoder(tree: value, codingPath: codingPath + [Step(name)])
        }

        func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).tree == .nothing }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            try Value(from: decoder(key))
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> {
            try decoder(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try decoder(key).unkeyedContainer()
        }

        func superDecoder() throws -> any Decoder {
            SettingDecoder(tree: .section(entries), codingPath: codingPath)
        }

        func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
    }

    private struct List: UnkeyedDecodingContainer {
        let items: [SettingValue]
        let codingPath: [any CodingKey]
        var currentIndex = 0
        var count: Int? { items.count }
        var isAtEnd: Bool { currentIndex >= items.count }

        private mutating func next() throws -> SettingDecoder {
            guard !isAtEnd else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: codingPath, debugDescription: "a longer list")
                )
            }
            defer { currentIndex += 1 }
            return SettingDecoder(
                tree: items[currentIndex],
                codingPath: codingPath + [Step(currentIndex)]
            )
        }

        mutating func decodeNil() throws -> Bool {
            guard !isAtEnd, items[currentIndex] == .nothing else { return false }
            currentIndex += 1
            return true
        }

        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try Value(from: next())
        }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> {
            try next().container(keyedBy: type)
        }

        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            try next().unkeyedContainer()
        }

        mutating func superDecoder() throws -> any Decoder { try next() }
    }
}

extension SettingDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { tree == .nothing }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .flag(let flag) = tree else { throw wrong("true or false") }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .text(let text) = tree else { throw wrong("text") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .number(let number) = tree else { throw wrong("a number") }
        guard abs(number) <= SettingValue.largest else {
            throw wrong("a number of \(SettingValue.largest.plain) at most")
        }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    func decode<Value: Decodable & BinaryInteger>(_ type: Value.Type) throws -> Value {
        guard case .number(let number) = tree, let whole = Value(exactly: number) else {
            throw wrong("a whole number")
        }
        return whole
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}
