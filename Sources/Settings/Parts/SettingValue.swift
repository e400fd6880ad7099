/// A tree of settings whose meaning only the part of the program that they are for knows.
public indirect enum SettingValue: Sendable, Equatable {
    /// No value is given.
    case nothing
    /// `true` or `false`.
    case flag(Bool)
    /// A number.
    case number(Double)
    /// The value is a text.
    case text(String)
    /// Values in order.
    case list([SettingValue])
    /// Values by key.
    case section([String: SettingValue])

    /// The largest number that settings take, below or above zero: networks compute in 32 bits, and with squares.
    public static let largest = 1e18

    /// The value of a key of a section, if this is one and has it.
    public subscript(key: String) -> SettingValue? {
        guard case .section(let entries) = self else { return nil }
        return entries[key]
    }
}

extension SettingValue: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads whatever is there.
    public init(from decoder: any Decoder) throws {
        if let settings = decoder as? SettingDecoder {
            self = settings.tree
            return
        }
        if let keyed = try? decoder.container(keyedBy: Key.self) {
            var entries: [String: SettingValue] = [:]
            for key in keyed.allKeys {
                entries[key.stringValue] = try keyed.decode(SettingValue.self, forKey: key)
            }
            self = .section(entries)
            return
        }
        if var items = try? decoder.unkeyedContainer() {
            var list: [SettingValue] = []
            while !items.isAtEnd { list.append(try items.decode(SettingValue.self)) }
            self = .list(list)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .nothing
        } else if let flag = try? single.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? single.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try single.decode(String.self))
        }
    }

    /// Writes the tree as it is.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .section(let entries):
            var container = encoder.container(keyedBy: Key.self)
            for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
                try container.encode(value, forKey: Key(stringValue: key))
            }
        case .list(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        case .nothing:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .flag(let flag):
            var container = encoder.singleValueContainer()
            try container.encode(flag)
        case .number(let number):
            var container = encoder.singleValueContainer()
            // Whole numbers without a fraction, so that they read as such.
            if let whole = Int(exactly: number), abs(number) < 1e15 {
                try container.encode(whole)
            } else {
                try container.encode(number)
            }
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }
}
