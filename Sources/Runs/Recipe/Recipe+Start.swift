extension Recipe {
    /// What a run begins with in place of random weights.
    public struct Start: Codable, Sendable, Equatable {
        /// A checkpoint, a snapshot, or official weights of the generator.
        public var from: String
        /// Official weights of the discriminator; `nil`: those of a checkpoint, or random ones.
        public var discriminator: String?
        /// Layers of the discriminator, from the first, that stay as they are.
        public var freezeDiscriminator: Int
        /// Whether new classes come after those of the trained network, which must not be
        /// forgotten: its drawings stand in for their pictures.
        public var keepsClasses: Bool
        /// Drawings of old classes, or of words that the trained network knows, for each real picture.
        public var replay: Double
        /// The weight of staying near the trained networks on old classes.
        public var distillation: Double
        /// The updates that a transformer of codes learns by, its weights staying as they are; nothing where all learn.
        public var lowRank: LowRank?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case from
            case discriminator
            case freezeDiscriminator = "freeze-discriminator"
            case keepsClasses = "keeps-classes"
            case replay
            case distillation
            case lowRank = "low-rank"
        }
    }

    /// Updates of few numbers.
    public struct LowRank: Codable, Sendable, Equatable {
        /// Rows of the narrow matrices.
        public var rank: Int
        /// What their product is multiplied by, before it is divided by the rank.
        public var strength: Double

        enum CodingKeys: String, CodingKey, CaseIterable {
            case rank
            case strength
        }
    }
}

extension Recipe.LowRank: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        rank = section.integer(.rank, default: 8, in: 1...1024)
        strength = section.number(.strength, default: Double(rank), in: .positive)
    }
}

extension Recipe.Start: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        from = section.text(.from)
        discriminator = section.optionalText(.discriminator)
        freezeDiscriminator = section.integer(.freezeDiscriminator, default: 0, in: 0...100)
        keepsClasses = section.flag(.keepsClasses, default: false)
        replay = section.number(.replay, default: keepsClasses ? 1 : 0, in: .closed(0, 16))
        distillation = section.number(
            .distillation,
            default: keepsClasses ? 1 : 0,
            in: .nonNegative
        )
        lowRank = section.optionalSection(.lowRank)
        guard !keepsClasses else { return }
        if distillation != 0 {
            section.problem(
                .distillation,
                expected: "0 or nothing without keeps-classes: true",
                found: "\(distillation)"
            )
        }
    }
}
