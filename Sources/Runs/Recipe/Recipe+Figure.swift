extension Recipe {
    /// A figure that a run can be steered by, under the name it has in `stats.jsonl`.
    public enum Figure: String, Codable, Sendable, CaseIterable {
        /// The generator's loss.
        case generatorLoss = "Loss/G/loss"
        /// The discriminator's loss.
        case discriminatorLoss = "Loss/D/loss"
        /// The discriminator's loss on held-out and drawn pictures.
        case testLoss = "Evaluation/test_loss"
        /// Share of held-out and drawn pictures that the discriminator tells rightly.
        case testAccuracy = "Evaluation/test_acc"
        /// What either player could still gain alone.
        case dualityGap = "Evaluation/duality_gap"
        /// Bits of each number of held-out pictures, drawn pixel by pixel.
        case bits = "Evaluation/bits_per_dimension"

        /// Whether the figure is only known after an evaluation.
        public var needsEvaluation: Bool { rawValue.hasPrefix("Evaluation/") }
    }

    /// Which way a figure is better.
    public enum Mode: String, Codable, Sendable, CaseIterable {
        /// Smaller is better.
        case min
        /// Larger is better.
        case max

        /// Whether a value is better than another by more than a margin.
        public func isBetter(_ value: Double, than other: Double, by margin: Double = 0) -> Bool {
            switch self {
            case .min: value < other - margin
            case .max: value > other + margin
            }
        }
    }
}
