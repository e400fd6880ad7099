extension Recipe {
    /// How each player learns.
    public struct Optimizers: Codable, Sendable, Equatable {
        /// The generator's optimizer.
        public var generator: Optimizer
        /// The discriminator's optimizer.
        public var discriminator: Optimizer
        /// The optimizer of what draws pixel by pixel beside them; `nil`: as the generator's.
        public var refiner: Optimizer?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case generator
            case discriminator
            case refiner
        }
    }
}

extension Recipe.Optimizers: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        generator = section.section(.generator)
        discriminator = section.section(.discriminator)
        refiner = section.optionalSection(.refiner)
    }
}
