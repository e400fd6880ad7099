import Checks
import Foundation

/// Settings as values of a type: keys in kebab-case outside, in camelCase inside.
public enum SettingCoding {
    /// The tree of a value.
    ///
    /// - Precondition: the value's numbers are finite.
    public static func tree(_ value: some Encodable) -> SettingValue {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .custom { Key(kebab($0[$0.count - 1].stringValue)) }
        do {
            return try JSONDecoder().decode(SettingValue.self, from: encoder.encode(value))
        } catch {
            preconditionFailure("settings cannot be written: \(error); numbers must be finite")
        }
    }

    /// The value of a complete tree.
    ///
    /// - Throws: `SettingProblem` for a value of another kind than the type has at that place.
    public static func value<Value: Decodable>(
        _ type: Value.Type,
        of tree: SettingValue
    ) throws(SettingProblem) -> Value {
        try decoded(type, of: tree)
    }

    /// Settings from a tree that an earlier version may have written: what it lacks is as usual.
    ///
    /// - Throws: `SettingProblem` for a value of another kind than the type has at that place.
    public static func value<Settings: PartSettings>(
        _ type: Settings.Type,
        of tree: SettingValue
    ) throws(SettingProblem) -> Settings {
        try decoded(type, of: tree.completed(by: Self.tree(Settings())))
    }

    private static func decoded<Value: Decodable>(
        _ type: Value.Type,
        of tree: SettingValue
    ) throws(SettingProblem) -> Value {
        do {
            return try Value(from: SettingDecoder(tree: tree))
        } catch DecodingError.dataCorrupted(let context) {
            var problem = SettingProblem(expected: context.debugDescription, found: "")
            problem.path = context.codingPath.map(\.stringValue)
            problem.found = (tree.value(at: problem.path) ?? .nothing).summary
            throw problem
        } catch {
            throw SettingProblem(expected: "settings", found: "\(error)")
        }
    }

    static func kebab(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
    }

    static func camel(_ name: String) -> String {
        let parts = name.split(separator: "-")
        return parts.prefix(1).joined() + parts.dropFirst().map(\.capitalized).joined()
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension SettingValue {
    /// The value at the end of keys and of places such as `[2]`.
    func value(at path: [String]) -> SettingValue? {
        path.reduce(self as SettingValue?) { value, key in
            if case .list(let items)? = value,
                let index = Int(key.dropFirst().dropLast()), items.indices.contains(index)
            {
                return items[index]
            }
            return value?[key]
        }
    }

    /// The value with keys that it lacks taken from another, section by section.
    package func completed(by usual: SettingValue) -> SettingValue {
        guard case .section(let entries) = self, case .section(let all) = usual else { return self }
        return .section(entries.merging(all) { given, usual in given.completed(by: usual) })
    }

    /// What is written, for a person.
    public var summary: String {
        switch self {
        case .nothing: "nothing"
        case .flag(let flag): "\(flag)"
        case .number(let number): number.plain
        case .text(let text): "\"\(text)\""
        case .list(let items): "[\(items.map(\.summary).joined(separator: ", "))]"
        case .section(let entries): "a section of \(entries.count)"
        }
    }
}
