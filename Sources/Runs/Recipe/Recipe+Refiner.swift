import Settings

extension Recipe {
    /// A pixel model that draws the generator's drafts again, and learns in the same steps.
    public struct Refiner: Sendable, Equatable {
        /// The kind of pixel model.
        public var family: String
        /// The weight of the exact likelihood of real pictures.
        public var likelihood: Scheduled
        /// The share of pictures whose likelihood is learned without any draft.
        public var nullDrafts: Double
        /// The share of each batch that the refiner learns from: less costs less time.
        public var share: Double
        /// The share of those that it also draws again, for the discriminator.
        public var judged: Double
        /// Pixels a side that a draft is averaged over before it is seen: its details, in which
        /// drawn drafts differ most from real pictures, are drawn anew.
        public var coarse: Int
        /// The kind's own settings, complete.
        public var settings: SettingValue

        /// A refiner of these settings.
        public init(
            family: String,
            likelihood: Scheduled,
            nullDrafts: Double,
            share: Double = 1,
            judged: Double = 1,
            coarse: Int = 1,
            settings: SettingValue
        ) {
            (self.family, self.settings) = (family, settings)
            (self.likelihood, self.nullDrafts, self.share) = (likelihood, nullDrafts, share)
            (self.judged, self.coarse) = (judged, coarse)
        }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case family
            case likelihood
            case nullDrafts = "null-drafts"
            case share
            case judged
            case coarse
        }
    }
}

extension Recipe.Refiner: Codable {
    /// Reads the kind's settings beside the keys that all kinds have.
    public init(from decoder: any Decoder) throws {
        let common = try decoder.container(keyedBy: CodingKeys.self)
        family = try common.decode(String.self, forKey: .family)
        likelihood = try common.decode(Scheduled.self, forKey: .likelihood)
        nullDrafts = try common.decode(Double.self, forKey: .nullDrafts)
        share = try common.decode(Double.self, forKey: .share)
        judged = try common.decode(Double.self, forKey: .judged)
        coarse = try common.decode(Int.self, forKey: .coarse)
        settings = try SettingValue(from: decoder).removing(CodingKeys.allCases.map(\.rawValue))
    }

    /// Writes the kind's settings beside the keys that all kinds have.
    public func encode(to encoder: any Encoder) throws {
        var common = encoder.container(keyedBy: CodingKeys.self)
        try common.encode(family, forKey: .family)
        try common.encode(likelihood, forKey: .likelihood)
        try common.encode(nullDrafts, forKey: .nullDrafts)
        try common.encode(share, forKey: .share)
        try common.encode(judged, forKey: .judged)
        try common.encode(coarse, forKey: .coarse)
        try settings.encode(to: encoder)
    }
}

extension Recipe.Refiner {
    /// A refiner read from a section.
    init(_ node: RecipeNode, path: String, collector: ProblemCollector) {
        let (common, rest) = node.divided(by: CodingKeys.allCases.map(\.rawValue))
        let section = SectionReader<CodingKeys>(common, path: [path], collector: collector)
        let (name, schema) = section.part(.family, among: collector.catalog.pixelModels)
        family = name
        likelihood = section.scheduled(.likelihood, default: 1, in: .nonNegative)
        nullDrafts = section.number(.nullDrafts, default: 0.1, in: .closed(0, 1))
        share = section.number(.share, default: 1, in: .closed(0.01, 1))
        judged = section.number(.judged, default: 1, in: .closed(0.01, 1))
        coarse = section.integer(.coarse, default: 1, in: 1...16)
        settings =
            schema.map {
                SettingReader(collector: collector).read(rest, path: [path], schema: $0)
            } ?? .section([:])
    }
}

extension Recipe {
    /// The optimizer of what draws piece by piece.
    public var autoregressiveOptimizer: OptimizerSettings {
        optimizers.autoregressive ?? optimizers.generator
    }
}
