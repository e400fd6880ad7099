extension Recipe {
    /// How often and on how much held-out data the run is judged.
    public struct Evaluation: Codable, Sendable, Equatable {
        /// Epochs between two evaluations; 0: never.
        public var everyEpochs: Int
        /// Held-out pictures used, and pictures drawn; 0: as many as are held out.
        public var samples: Int
        /// Pictures judged at once.
        public var batch: Int
        /// Turns in which each player learns alone to see what it could still gain; 0: never.
        public var dualityGap: Int

        enum CodingKeys: String, CodingKey, CaseIterable {
            case everyEpochs = "every-epochs"
            case samples
            case batch
            case dualityGap = "duality-gap"
        }
    }
}

extension Recipe.Evaluation: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        everyEpochs = section.integer(.everyEpochs, default: 10, in: 0...1_000_000)
        samples = section.integer(.samples, default: 0, in: 0...10_000_000)
        batch = section.integer(.batch, default: 256, in: 1...65_536)
        dualityGap = section.integer(.dualityGap, default: 0, in: 0...10_000)
    }
}
