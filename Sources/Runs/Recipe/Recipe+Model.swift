extension Recipe {
    /// The two networks.
    public struct Model: Codable, Sendable, Equatable {
        /// A family of networks.
        public enum Family: String, Codable, Sendable, CaseIterable {
            /// Transposed convolutions against strided convolutions.
            case dcgan
        }

        /// What the latent numbers are drawn from.
        public enum Distribution: String, Codable, Sendable, CaseIterable {
            /// Mean 0, variance 1.
            case normal
            /// Between -1 and 1.
            case uniform
        }

        /// How weights start.
        public enum Initializer: String, Codable, Sendable, CaseIterable {
            /// Uniform, bounded by the square root of 6 / (inputs + outputs).
            case glorotUniform = "glorot-uniform"
            /// Normal with a standard deviation of 0.02.
            case normal = "normal-0.02"
        }

        /// The family.
        public var family: Family
        /// Count of latent numbers.
        public var latent: Int
        /// What the latent numbers are drawn from.
        public var distribution: Distribution
        /// Whether both networks are told the class.
        public var conditional: Bool
        /// How weights start.
        public var initializer: Initializer
        /// The network that draws.
        public var generator: Generator
        /// The network that judges.
        public var discriminator: Discriminator

        enum CodingKeys: String, CodingKey, CaseIterable {
            case family
            case latent
            case distribution
            case conditional
            case initializer
            case generator
            case discriminator
        }
    }
}

extension Recipe.Model: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        family = section.choice(.family)
        latent = section.integer(.latent, default: 100, in: 1...4096)
        distribution = section.choice(.distribution, default: .normal)
        conditional = section.flag(.conditional, default: false)
        initializer = section.choice(.initializer, default: .glorotUniform)
        generator = section.section(.generator)
        discriminator = section.section(.discriminator)
    }
}
