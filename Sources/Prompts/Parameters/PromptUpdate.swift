import Foundation

/// Updates of a model's weights that a prompt asks for: `flowers:0.8`.
public struct PromptUpdate: Sendable, Equatable, Hashable {
    /// Their name.
    public let name: String
    /// How much of them.
    public let weight: Double

    /// Updates by their name.
    public init(name: String, weight: Double) { (self.name, self.weight) = (name, weight) }

    /// Reads a name, and a weight of −10 to 10 behind a colon where there is one; nil for what is none.
    public init?(reading text: String) {
        let parts = KeyboardForms.plain(text).split(
            separator: ":",
            omittingEmptySubsequences: false
        )
        .map { $0.trimmingCharacters(in: .whitespaces) }
        guard let name = parts.first, parts.count <= 2,
            name.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._-]{0,63}/) != nil
        else { return nil }
        guard parts.count == 2 else {
            self.init(name: name, weight: 1)
            return
        }
        let isBelow = parts[1].hasPrefix("-")
        guard let number = PromptValue.number(isBelow ? String(parts[1].dropFirst()) : parts[1]),
            number <= 10
        else { return nil }
        self.init(name: name, weight: isBelow ? -number : number)
    }

    /// As it is typed.
    public var text: String { weight == 1 ? name : "\(name):\(Prompt.plain(weight))" }
}
