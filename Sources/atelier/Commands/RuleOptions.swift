import ArgumentParser
import Foundation
import Prompts

/// What prompts may not ask for.
struct RuleOptions: ParsableArguments {
    @Option(
        help: "A file of rules for prompts, in place of the house's own; an empty file has none."
    )
    var rules: String?

    /// The rules.
    func load() throws -> PromptRules {
        try rules.map { try PromptRules(contentsOf: URL(filePath: $0)) } ?? .house
    }
}
