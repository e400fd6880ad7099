extension Recipe {
    /// The network that judges: strided convolutions, then one dense unit.
    public struct Discriminator: Codable, Sendable, Equatable {
        /// Channels of the convolutions, each of which halves the map.
        public var widths: [Int]
        /// Side of every kernel.
        public var kernel: Int
        /// Slope of the leaky rectifier below zero.
        public var slope: Double
        /// Probability that a feature is dropped in training.
        public var dropout: Double

        enum CodingKeys: String, CodingKey, CaseIterable {
            case widths
            case kernel
            case slope
            case dropout
        }
    }
}

extension Recipe.Discriminator: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        widths = section.integers(.widths, default: [64, 128], count: 1...8, in: 1...8192)
        kernel = section.integer(.kernel, default: 5, in: 2...15)
        slope = section.number(.slope, default: 0.3, in: .fractionAboveZero)
        dropout = section.number(.dropout, default: 0.3, in: .fractionBelowOne)
    }
}
