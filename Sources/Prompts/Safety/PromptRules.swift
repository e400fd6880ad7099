import Foundation

/// What prompts may not ask for, by category, and whom to tell when a rule is wrong.
///
/// A file of rules is plain text: `# …` is a remark, `appeal: …` says whom to tell, `drawn: …` is a kind
/// of picture that is not to be shown whatever was asked for, and every other line is a category and a
/// word or phrase: `violence: beheading`.
public struct PromptRules: Sendable, Equatable {
    /// A word or phrase that is not to be asked for.
    public struct Rule: Sendable, Equatable {
        /// What it belongs to.
        public let category: String
        /// The words.
        public let phrase: String
    }

    /// All rules.
    public let rules: [Rule]
    /// Kinds of pictures that are not to be shown: classes of the model.
    public let drawn: [String]
    /// What a person can do who thinks that a rule is wrong.
    public let appeal: String
    private let phrases: [ComparableText]

    /// No rules.
    public init() { (rules, drawn, appeal, phrases) = ([], [], "", []) }

    /// The rules of a text.
    ///
    /// - Parameters:
    ///   - text: A line each.
    ///   - origin: What errors call the text: its path.
    /// - Throws: `PromptError` with the line that is none.
    public init(_ text: String, origin: String) throws(PromptError) {
        var rules: [Rule] = []
        var drawn: [String] = []
        var appeal = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let halves = line.split(maxSplits: 1, whereSeparator: { $0 == ":" || $0 == "：" })
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else {
                throw PromptError(
                    .blocked,
                    "\(origin):\(index + 1) expects 'category: words', found '\(line)'"
                )
            }
            if halves[0] == "appeal" {
                appeal = halves[1]
            } else if halves[0] == "drawn" {
                drawn.append(halves[1])
            } else {
                rules.append(Rule(category: halves[0], phrase: halves[1]))
            }
        }
        (self.rules, self.drawn, self.appeal) = (rules, drawn, appeal)
        phrases = rules.map { ComparableText($0.phrase) }
    }

    /// The rules of a file.
    ///
    /// - Throws: `PromptError` for a file that cannot be read or has a line that is none.
    public init(contentsOf file: URL) throws(PromptError) {
        guard let data = try? Data(contentsOf: file) else {
            throw PromptError(.blocked, "\(file.path) cannot be read: expected a file of rules")
        }
        try self.init(String(decoding: data, as: UTF8.self), origin: file.path)
    }

    /// The first rule that a text breaks.
    public func broken(by text: String) -> Rule? {
        let words = ComparableText(text)
        return zip(rules, phrases).first { words.contains($0.1) }?.0
    }

    /// Refuses a prompt that breaks a rule.
    ///
    /// What is to be avoided may be named.
    ///
    /// - Throws: `PromptError` with the rule and the way to appeal.
    public func check(_ prompt: Prompt) throws(PromptError) {
        for part in prompt.parts where part.weight > 0 {
            guard let rule = broken(by: part.text) else { continue }
            throw PromptError(
                .blocked,
                "the rule '\(rule.phrase)' (\(rule.category)) does not allow this prompt."
                    + (appeal.isEmpty ? "" : " \(appeal)"),
                category: rule.category
            )
        }
    }
}
