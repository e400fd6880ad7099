import Autoregressive
import Midjourney
import Torch

extension GeneratorModel {
    /// A word of a text and what it matters.
    public struct WordWeight: Codable, Sendable, Equatable {
        /// The word.
        public var word: String
        /// How much less likely drawings of the whole text are without the word, in nats.
        public var weight: Double
    }

    /// What each word of a text matters to what is drawn: how much less likely drawings of the whole text
    /// are without it.
    ///
    /// - Parameters:
    ///   - text: Words; a text without spaces is taken character by character.
    ///   - seed: Of the drawings.
    /// - Returns: The words in their order.
    /// - Throws: `GenerationError.noWords` for a model without words.
    public func wordWeights(of text: String, seed: UInt64) throws -> [WordWeight] {
        let tokens = try tokens(for: "shorten")
        guard let textRows = conditions.textRows else {
            throw GenerationError.noWords(model: description.recipe)
        }
        let isSpaced = !text.unicodeScalars.contains(where: \.properties.isIdeographic)
        let words = isSpaced ? text.split(separator: " ").map(String.init) : text.map(String.init)
        let count = 8
        func prefix(_ text: String) -> Tensor {
            let row = textRows.row(text).map(Int.init)
            return Tensor(row, shape: [1, row.count]).expanded([count, row.count]).moved(to: device)
        }
        return inInferenceMode {
            let chances = Tensor.uniform(
                [count, tokens.latentSize],
                device: device,
                using: RandomSource(seed: seed)
            )
            let codes = tokens.transformer.draw(GuidedCondition(prefix(text)), by: chances)
            func likelihood(_ text: String) -> Double {
                -tokens.transformer.loss(prefix(text), codes).item() * Double(tokens.latentSize)
            }
            let whole = likelihood(text)
            return words.indices.map { left in
                let rest = words.indices.filter { $0 != left }.map { words[$0] }
                let without = rest.joined(separator: isSpaced ? " " : "")
                return WordWeight(word: words[left], weight: whole - likelihood(without))
            }
        }
    }
}
