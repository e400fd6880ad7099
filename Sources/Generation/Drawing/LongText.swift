import Prompts

extension GeneratorModel {
    /// Texts of a prompt of which the model reads the beginning alone.
    public func longTexts(in prompt: Prompt) -> [String] {
        guard let textRows = conditions.textRows else { return [] }
        return prompt.parts.map(\.text).filter(textRows.isTooLong)
    }
}
