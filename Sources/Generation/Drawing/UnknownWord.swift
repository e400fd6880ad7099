import Prompts
import Runs

/// A word of a prompt that no caption of the training pictures has.
public struct UnknownWord: Codable, Sendable, Equatable {
    /// The word.
    public let word: String
    /// The known word that is nearest in spelling.
    public let nearest: String?
}

extension GeneratorModel {
    /// The words of a prompt that the model never saw; empty for models without words.
    ///
    /// A text without spaces between words is looked at character by character.
    public func unknownWords(in prompt: Prompt) -> [UnknownWord] {
        guard let known = description.text?.words, !known.isEmpty else { return [] }
        let words = Set(known)
        let characters = Set(known.joined())
        let prompt = understood(prompt).prompt
        var found: [UnknownWord] = []
        for part in prompt.parts {
            for word in part.text.lowercased().split(whereSeparator: {
                !$0.isLetter && !$0.isNumber
            })
            where !words.contains(String(word)) && !Self.small.contains(String(word)) {
                let isIdeographic = word.unicodeScalars.contains(where: \.properties.isIdeographic)
                guard !isIdeographic || !word.allSatisfy(characters.contains) else { continue }
                let unknown = UnknownWord(
                    word: String(word),
                    nearest: EditDistance.nearest(to: String(word), among: known)
                )
                if !found.contains(unknown) { found.append(unknown) }
            }
        }
        return found
    }

    /// A prompt as the model draws it: words that no caption has are replaced by what they are a kind of,
    /// where the model has knowledge of that; models of classes know their names.
    ///
    /// - Returns: The prompt, and what was replaced.
    public func understood(_ prompt: Prompt) -> (prompt: Prompt, readings: [WordReading]) {
        guard let knowledge else { return (prompt, []) }
        let known = description.text?.words ?? description.classNames.map { $0.lowercased() }
        guard !known.isEmpty else { return (prompt, []) }
        let words = Set(known).union(Self.small)
        return prompt.understood(with: knowledge) { words.contains($0) }
    }

    /// Words that people say and captions leave out.
    private static let small: Set<String> = [
        "a", "an", "the", "of", "and", "with", "in", "on", "at", "for", "to", "is", "some",
    ]
}
