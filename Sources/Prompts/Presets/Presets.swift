/// A person's own parameters: `--mine` for `--aspect 7:4 --stylize 250`.
///
/// Source: Midjourney's documentation, `/prefer option set`: twenty of them, and an empty value
/// deletes one.
public struct Presets: Codable, Sendable, Equatable {
    /// How many there may be.
    public static let limit = 20

    /// Parameters by the preset's name.
    public private(set) var values: [String: String] = [:]

    /// There are no presets yet.
    public init() {}

    /// Keeps parameters under a name; without any the name is given up.
    ///
    /// - Throws: `PromptError` for a name that is taken, one too many, or a value that is no list of
    ///   parameters.
    public mutating func set(_ name: String, _ value: String) throws(PromptError) {
        let name = KeyboardForms.plain(name).lowercased()
        guard name.wholeMatch(of: /[\p{L}][\p{L}\p{N}_-]{0,31}/) != nil else {
            throw PromptError(
                .preset,
                "a preset's name has up to 32 letters, digits, - and _ and starts with a letter,"
                    + " found '\(name)'"
            )
        }
        guard PromptParameter(named: name) == nil, PromptParameter.gone[name] == nil else {
            throw PromptError(.preset, "--\(name) is a parameter already; choose another name")
        }
        let value = KeyboardForms.plain(value).split(whereSeparator: \.isWhitespace).joined(
            separator: " "
        )
        guard !value.isEmpty else {
            values[name] = nil
            return
        }
        guard values[name] != nil || values.count < Self.limit else {
            throw PromptError(
                .preset,
                "there are \(Self.limit) presets already, which is all there may be; give one up first"
            )
        }
        let prompt = try Prompt(reading: "x \(value)", presets: Presets())
        guard prompt.parts.first == Prompt.Part(text: "x", weight: 1), prompt.pictures.isEmpty
        else {
            throw PromptError(
                .preset,
                "a preset holds parameters alone, as in --aspect 7:4, found '\(value)'"
            )
        }
        values[name] = value
    }

    /// A text with each preset's name replaced by what it stands for.
    func expanded(_ text: String) throws(PromptError) -> String {
        guard !values.isEmpty else { return text }
        return text.split(separator: " ").map { token in
            guard token.hasPrefix("--") else { return String(token) }
            return values[token.dropFirst(2).lowercased()] ?? String(token)
        }.joined(separator: " ")
    }
}
