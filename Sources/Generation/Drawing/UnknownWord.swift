import Prompts
import Runs
import Settings

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
    public func unknownWords(in prompt: Prompt) -> [UnknownWord] { unknownWords(in: [prompt]) }

    /// The same for several prompts; each word is told once.
    public func unknownWords(in prompts: [Prompt]) -> [UnknownWord] {
        guard let known = description.text?.words, !known.isEmpty else { return [] }
        let words = Set(known)
        let longest = (known.map(\.count).max() ?? 0) + 3
        let characters = Set(known.joined())
        var found: [UnknownWord] = []
        var seen: Set<String> = []
        for text in prompts.flatMap({ understood($0).prompt.parts.flatMap(thingsAsDrawn) }) {
            for word in text.lowercased().split(whereSeparator: {
                !$0.isLetter && !$0.isNumber
            })
            where !words.contains(String(word)) && !Self.small.contains(String(word)) {
                let isIdeographic = word.unicodeScalars.contains(where: \.properties.isIdeographic)
                guard !isIdeographic || !word.allSatisfy(characters.contains) else { continue }
                guard seen.insert(String(word)).inserted else { continue }
                // A text of thousands of words, or a word of thousands of letters, would be compared for minutes.
                let isCompared = found.count < Self.mostCompared && word.count <= longest
                found.append(
                    UnknownWord(
                        word: String(word),
                        nearest: isCompared
                            ? EditDistance.nearest(to: String(word), among: known) : nil
                    )
                )
            }
        }
        return found
    }

    /// A prompt as the model draws it: where it is silent it says what is known of its things, and words that no caption has are replaced by what they are a kind of,
    /// where the model has knowledge of that; models of classes know their names.
    ///
    /// - Returns: The prompt, and what was replaced.
    public func understood(_ prompt: Prompt) -> (prompt: Prompt, readings: [WordReading]) {
        // Models of classes have no use for what else is known of these.
        let whole = prompt.completed(by: description.text == nil ? ThingFacts() : facts)
        guard let knowledge else { return (whole.prompt, whole.readings) }
        let known = description.text?.words ?? description.classNames.map { $0.lowercased() }
        guard !known.isEmpty else { return (whole.prompt, whole.readings) }
        let words = Set(known).union(Self.small)
        let found = whole.prompt.understood(with: knowledge) { words.contains($0) }
        return (found.prompt, whole.readings + found.readings)
    }

    /// What a prompt says otherwise than what is known of its things.
    public func contradictions(in prompt: Prompt) -> [String] {
        prompt.completed(by: description.text == nil ? ThingFacts() : facts).contradictions
    }

    /// Unknown words of a prompt that are compared with known ones.
    private static let mostCompared = 50

    /// Words that people say and captions leave out.
    static let small: Set<String> = [
        "a", "an", "the", "of", "and", "with", "in", "on", "at", "for", "to", "is", "some",
    ]
}
