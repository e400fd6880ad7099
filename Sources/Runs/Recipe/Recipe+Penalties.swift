import Settings

extension Recipe {
    /// What the generator pays for drawings that a trained discriminator takes for what must not be drawn.
    public struct Penalties: Codable, Sendable, Equatable {
        /// The file of a discriminator that learned classes, as a run writes it beside its snapshots.
        public var guardian: String
        /// Names of the classes that must not be drawn.
        public var classes: [String]
        /// What the price is multiplied with.
        public var weight: Scheduled

        enum CodingKeys: String, CodingKey, CaseIterable {
            case guardian = "guard"
            case classes
            case weight
        }
    }
}

extension Recipe.Penalties: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        guardian = section.text(.guardian)
        classes = section.texts(.classes, count: 1...1000)
        weight = section.scheduled(.weight, default: 1, in: .nonNegative)
    }
}
