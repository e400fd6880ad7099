import Prompts

extension GeneratorModel {
    /// Texts of a prompt of which the model reads the beginning alone.
    public func longTexts(in prompt: Prompt) -> [String] {
        prompt.parts.map(\.text).filter(conditions.textRows?.isTooLong ?? sampler.isTooLong)
    }
}
