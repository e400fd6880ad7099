import Foundation

/// A run's options as names with values, to lay beside those of other runs.
struct RunOptions {
    /// Values by their dotted names.
    let values: [String: String]

    /// Reads `training_options.json`; what is no JSON has no options.
    init(_ text: String) {
        var values: [String: String] = [:]
        func walk(_ value: Any, _ path: String) {
            if let object = value as? [String: Any] {
                for (key, inner) in object { walk(inner, path.isEmpty ? key : "\(path).\(key)") }
            } else if let list = value as? [Any], list.contains(where: { $0 is [String: Any] }) {
                for (index, inner) in list.enumerated() { walk(inner, "\(path).\(index)") }
            } else if let list = value as? [Any] {
                values[path] = "[" + list.map { "\($0)" }.joined(separator: ", ") + "]"
            } else {
                values[path] = "\(value)"
            }
        }
        if let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) {
            walk(object, "")
        }
        self.values = values
    }

    /// The names whose values are not the same in all runs, in order; descriptions left out.
    static func differences(_ all: [RunOptions]) -> [String] {
        let names = Set(all.flatMap(\.values.keys)).filter {
            !$0.hasPrefix("about.") && $0 != "description"
        }
        return names.filter { name in Set(all.map { $0.values[name] ?? "–" }).count > 1 }.sorted()
    }
}
