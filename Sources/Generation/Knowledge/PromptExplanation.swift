/// Why a drawing became what it is, word by word.
public struct PromptExplanation: Codable, Sendable, Equatable {
    /// A word and what it does.
    public struct Word: Codable, Sendable, Equatable {
        /// The word.
        public var word: String
        /// How much less likely the drawing is without the word, in nats.
        public var likelihood: Double
        /// The mean difference of the drawing with the same chance and without the word: 0 for none, 1 at most.
        public var change: Double
        /// How much each place of the drawing looks at the word while its codes are drawn.
        ///
        /// Shape: rows×columns.
        public var looks: [[Double]]
    }

    /// The words in their order.
    public var words: [Word]
    /// The share of all looks that goes to words; the rest goes to codes drawn before.
    public var looksAtWords: Double
}
