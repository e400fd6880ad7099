import Settings

extension Recipe {
    /// What a trained model that draws codes is taught further by: marks of its own drawings.
    public struct Reward: Codable, Sendable, Equatable {
        /// The file of the discriminator that gives the marks, as a run writes it beside its snapshots.
        public var judge: String
        /// Drawings of each wish, whose marks are compared with each other.
        public var group: Int
        /// The weight of how real a drawing looks.
        public var realness: Double
        /// The weight of how well it is what was asked for; only of a judge that learned labels.
        public var labels: Double
        /// The price of leaving where the run began.
        public var divergence: Double
        /// How far a step may change a code's chance at once, as a share of it.
        public var clip: Double
        /// Steps on each batch of drawings.
        public var updates: Int

        enum CodingKeys: String, CodingKey, CaseIterable {
            case judge
            case group
            case realness
            case labels
            case divergence = "kl"
            case clip
            case updates
        }
    }
}

extension Recipe.Reward: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        judge = section.text(.judge)
        group = section.integer(.group, default: 8, in: 2...1024)
        realness = section.number(.realness, default: 1, in: .nonNegative)
        labels = section.number(.labels, default: 1, in: .nonNegative)
        divergence = section.number(.divergence, default: 0.04, in: .nonNegative)
        clip = section.number(.clip, default: 0.2, in: .positive)
        updates = section.integer(.updates, default: 1, in: 1...100)
    }
}
