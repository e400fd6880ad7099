/// Which model a prompt asks for: its name, and updates of its weights.
public struct ModelChoice: Sendable, Equatable, Hashable {
    /// The model's name; the usual model where there is none.
    public let name: String?
    /// Updates of its weights, in the order in which they are added.
    public let updates: [PromptUpdate]

    /// A model by its name.
    public init(_ name: String?, updates: [PromptUpdate] = []) {
        (self.name, self.updates) = (name, updates)
    }

    /// As it is typed.
    public var text: String {
        let all = [name.map { "--version \($0)" }] + updates.map { "--lora \($0.text)" }
        return all.compactMap { $0 }.joined(separator: " ")
    }

    /// The one choice of several prompts; those that choose nothing take what others choose.
    ///
    /// - Throws: `PromptError` where they differ.
    public static func only(of prompts: [Prompt]) throws(PromptError) -> ModelChoice? {
        let all = Set(prompts.map(\.parameters.choice)).filter { $0 != ModelChoice(nil) }
        guard all.count < 2 else {
            throw PromptError(
                .value,
                "prompts ask for \(all.map(\.text).sorted().joined(separator: " and ")), expected one model",
                parameter: PromptParameter.version.rawValue
            )
        }
        return all.first
    }
}

extension PromptParameters {
    /// Which model they ask for.
    public var choice: ModelChoice { ModelChoice(model, updates: updates) }
}
