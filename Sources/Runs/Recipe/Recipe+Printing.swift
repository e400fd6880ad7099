import Foundation
import Yams

extension Recipe {
    /// The whole recipe in canonical YAML: every key, in a fixed order.
    public var yaml: String {
        encoded {
            let encoder = YAMLEncoder()
            encoder.options.sequenceStyle = .flow
            encoder.options.allowUnicode = true
            encoder.options.width = -1
            return try encoder.encode(self)
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

    private func encoded(_ encode: () throws -> String) -> String {
        do {
            return try encode()
        } catch {
            preconditionFailure("a recipe cannot be printed: \(error); numbers must be finite")
        }
    }
}
