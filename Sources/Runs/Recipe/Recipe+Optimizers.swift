extension Recipe {
    /// How each player learns.
    public struct Optimizers: Codable, Sendable, Equatable {
        /// The generator's optimizer.
        public var generator: Optimizer
        /// The discriminator's optimizer.
        public var discriminator: Optimizer

        enum CodingKeys: String, CodingKey, CaseIterable {
            case generator
            case discriminator
        }
    }
}

extension Recipe.Optimizers: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        generator = section.section(.generator)
        discriminator = section.section(.discriminator)
    }
}
