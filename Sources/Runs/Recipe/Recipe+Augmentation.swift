extension Recipe {
    /// Random changes made to every training picture; zero turns one off.
    public struct Augmentation: Codable, Sendable, Equatable {
        /// Probability of a left-right flip.
        public var flip: Double
        /// Largest rotation to either side.
        ///
        /// Units: degrees.
        public var rotate: Double
        /// Largest change of scale to either side, as a fraction of the size.
        public var scale: Double
        /// Largest share of each side cut away before the picture is brought back to its size.
        public var crop: Double
        /// Largest shift to either side, as a fraction of the size.
        public var translate: Double

        enum CodingKeys: String, CodingKey, CaseIterable {
            case flip
            case rotate
            case scale
            case crop
            case translate
        }
    }
}

extension Recipe.Augmentation: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        flip = section.number(.flip, default: 0, in: .fraction)
        rotate = section.number(.rotate, default: 0, in: .closed(0, 180))
        scale = section.number(.scale, default: 0, in: .fractionBelowOne)
        crop = section.number(.crop, default: 0, in: .fractionBelowOne)
        translate = section.number(.translate, default: 0, in: .fractionBelowOne)
    }
}
