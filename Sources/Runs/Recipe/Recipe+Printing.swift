import Checks
import Foundation
import Yams

extension Recipe {
    /// The whole recipe in canonical YAML: every key, in a fixed order.
    public var yaml: String {
        encoded {
            let json = try RecipeText(source: "", collector: ProblemCollector()).node(json)
            guard let root = try Yams.compose(yaml: YAMLEncoder().encode(self)) else { return "" }
            return try Yams.serialize(
                node: Self.exact(root, as: json),
                width: -1,
                allowUnicode: true
            )
        }
    }

    /// The whole recipe in JSON, keys sorted, indented by two spaces.
    public var json: String {
        encoded {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        }
    }

    /// The same tree with every number as JSON has it, to the last bit: YAML's encoder rounds.
    private static func exact(_ node: Node, as written: RecipeNode) -> Node {
        switch (node, written.value) {
        case (.mapping(let mapping), .section(let entries)):
            let pairs = mapping.map { key, value in
                let entry = entries.first { $0.key == key.string }
                return (key, entry.map { exact(value, as: $0.node) } ?? value)
            }
            return Node(pairs, .implicit, .block)
        case (.sequence(let sequence), .list(let items)):
            let numbers = zip(sequence, items).map { exact($0, as: $1) }
            return Node(numbers, .implicit, .flow)
        case (.scalar, .scalar(let text, false)) where written.number != nil:
            return Node(text, .implicit, .plain)
        default:
            return node
        }
    }

    private func encoded(_ encode: () throws -> String) -> String {
        do {
            return try encode()
        } catch {
            preconditionFailure("a recipe cannot be printed: \(error); numbers must be finite")
        }
    }
}
