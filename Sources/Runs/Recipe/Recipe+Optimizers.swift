import Settings

extension Recipe {
    /// How each player learns.
    public struct Optimizers: Codable, Sendable, Equatable {
        /// The generator's optimizer.
        public var generator: OptimizerSettings
        /// The discriminator's optimizer.
        public var discriminator: OptimizerSettings
        /// The optimizer of what draws piece by piece beside them; `nil`: as the generator's.
        public var autoregressive: OptimizerSettings?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case generator
            case discriminator
            case autoregressive
        }
    }
}

extension Recipe.Optimizers: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        generator = section.section(.generator)
        discriminator = section.section(.discriminator)
        autoregressive = section.optionalSection(.autoregressive)
    }
}
