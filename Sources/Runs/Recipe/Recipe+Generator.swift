extension Recipe {
    /// The network that draws: a dense layer, then transposed convolutions.
    public struct Generator: Codable, Sendable, Equatable {
        /// Channels of the first map and of the transposed convolutions after it.
        ///
        /// The first convolution keeps the size, every later one and the last, to the picture's
        /// channels, doubles it.
        public var widths: [Int]
        /// Side of every kernel.
        public var kernel: Int
        /// Slope of the leaky rectifier below zero.
        public var slope: Double
        /// Share of the old running statistics kept at each batch normalisation.
        public var momentum: Double
        /// Number added to the variance in batch normalisation.
        public var epsilon: Double

        /// How many times larger the picture's side is than the first map's.
        public var enlargement: Int { 1 << max(0, widths.count - 1) }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case widths
            case kernel
            case slope
            case momentum
            case epsilon
        }
    }
}

extension Recipe.Generator: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        widths = section.integers(.widths, default: [256, 128, 64], count: 2...8, in: 1...8192)
        kernel = section.integer(.kernel, default: 5, in: 2...15)
        slope = section.number(.slope, default: 0.3, in: .fractionAboveZero)
        momentum = section.number(.momentum, default: 0.99, in: .fractionBelowOne)
        epsilon = section.number(.epsilon, default: 1e-3, in: .positive)
    }
}
