extension Recipe {
    /// The losses and how the two players take turns.
    public struct Objective: Codable, Sendable, Equatable {
        /// An adversarial loss on the discriminator's logits.
        public enum Loss: String, Codable, Sendable, CaseIterable {
            /// Cross-entropy, non-saturating for the generator.
            case binaryCrossEntropy = "binary-cross-entropy"
            /// Margins of one.
            case hinge
            /// Squared distances to 0 and 1.
            case leastSquares = "least-squares"
            /// Difference of means.
            case wasserstein
        }

        /// How the players take turns.
        public enum Step: String, Codable, Sendable, CaseIterable {
            /// Both learn from one batch of drawn pictures.
            case simultaneous
            /// The discriminator first, then the generator on fresh latent numbers.
            case alternating
        }

        /// The adversarial loss.
        public var loss: Loss
        /// How the players take turns.
        public var step: Step
        /// The discriminator's turns for each turn of the generator.
        public var criticUpdates: Int
        /// How far the target of real pictures lies below one.
        public var labelSmoothing: Double

        enum CodingKeys: String, CodingKey, CaseIterable {
            case loss
            case step
            case criticUpdates = "critic-updates"
            case labelSmoothing = "label-smoothing"
        }
    }
}

extension Recipe.Objective: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        loss = section.choice(.loss, default: .binaryCrossEntropy)
        step = section.choice(.step, default: .simultaneous)
        criticUpdates = section.integer(.criticUpdates, default: 1, in: 1...100)
        labelSmoothing = section.number(.labelSmoothing, default: 0, in: .fractionBelowOne)
        if step == .simultaneous, criticUpdates != 1 {
            section.problem(
                .criticUpdates,
                expected: "1 with step: simultaneous (or step: alternating)",
                found: "\(criticUpdates)"
            )
        }
        if loss != .binaryCrossEntropy, labelSmoothing != 0 {
            section.problem(
                .labelSmoothing,
                expected: "0 with loss: \(loss.rawValue) (only binary-cross-entropy is smoothed)",
                found: "\(labelSmoothing)"
            )
        }
    }
}
