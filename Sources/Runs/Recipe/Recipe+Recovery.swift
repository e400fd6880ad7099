extension Recipe {
    /// How a run notices that it goes wrong, and what is done then.
    ///
    /// It is looked at every tick. A run that has gone wrong goes back to its last good checkpoint
    /// and on from there with lower learning rates and other random numbers.
    public struct Recovery: Codable, Sendable, Equatable {
        /// How often a run may go back; 0: it ends at the first loss that is no number.
        public var rollbacks: Int
        /// What both learning rates are multiplied with at each.
        public var rateFactor: Double
        /// Drawings have collapsed when they differ from each other by less than this share of
        /// what real pictures do.
        public var collapseSpread: Double
        /// Drawings of one label have collapsed when their differences, beside those of real pictures of
        /// it, are less than this share of all drawings' beside all real pictures'; 0: never.
        public var labelSpread: Double
        /// The game has gone wrong when either player could gain more than this alone; 0: never, and only where
        /// the evaluation measures it.
        public var dualityGap: Double
        /// The players have diverged when the mean logit of a tick is farther from zero than this.
        public var scoreLimit: Double
        /// Drawings have collapsed when their classes' entropy is below this share of the real
        /// pictures'; only where the discriminator classifies.
        public var classEntropy: Double
        /// Ticks in a row that must look wrong.
        public var patience: Int

        enum CodingKeys: String, CodingKey, CaseIterable {
            case rollbacks
            case rateFactor = "rate-factor"
            case collapseSpread = "collapse-spread"
            case labelSpread = "label-spread"
            case dualityGap = "duality-gap"
            case scoreLimit = "score-limit"
            case classEntropy = "class-entropy"
            case patience
        }
    }
}

extension Recipe.Recovery: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        rollbacks = section.integer(.rollbacks, default: 3, in: 0...100)
        rateFactor = section.number(.rateFactor, default: 0.5, in: .fractionAboveZero)
        collapseSpread = section.number(.collapseSpread, default: 0.05, in: .fractionBelowOne)
        labelSpread = section.number(.labelSpread, default: 0.4, in: .fractionBelowOne)
        dualityGap = section.number(.dualityGap, default: 0, in: .nonNegative)
        scoreLimit = section.number(.scoreLimit, default: 1000, in: .positive)
        classEntropy = section.number(.classEntropy, default: 0.2, in: .fractionBelowOne)
        patience = section.integer(.patience, default: 2, in: 1...1000)
    }
}
