import Settings

extension Recipe {
    /// The two networks.
    public struct Model: Sendable, Equatable {
        /// Name of the family of networks.
        public var family: String
        /// What the latent numbers are drawn from.
        public var distribution: LatentDistribution
        /// Whether both networks are told the label.
        public var conditional: Bool
        /// At which edges pictures go on at the opposite edge.
        public var wraps: PictureWrapping
        /// The family's own settings, complete.
        public var settings: SettingValue

        enum CodingKeys: String, CodingKey, CaseIterable {
            case family
            case distribution
            case conditional
            case wraps
        }
    }
}

extension Recipe.Model: Codable {
    /// Reads the family's settings beside the keys that all families have.
    public init(from decoder: any Decoder) throws {
        let common = try decoder.container(keyedBy: CodingKeys.self)
        family = try common.decode(String.self, forKey: .family)
        distribution = try common.decode(LatentDistribution.self, forKey: .distribution)
        conditional = try common.decode(Bool.self, forKey: .conditional)
        wraps =
            try common.decodeIfPresent(PictureWrapping.self, forKey: .wraps)
            ?? PictureWrapping.none
        settings = try SettingValue(from: decoder).removing(CodingKeys.allCases.map(\.rawValue))
    }

    /// Writes the family's settings beside the keys that all families have.
    public func encode(to encoder: any Encoder) throws {
        var common = encoder.container(keyedBy: CodingKeys.self)
        try common.encode(family, forKey: .family)
        try common.encode(distribution, forKey: .distribution)
        try common.encode(conditional, forKey: .conditional)
        try common.encode(wraps, forKey: .wraps)
        try settings.encode(to: encoder)
    }
}

extension Recipe.Model {
    init(_ node: RecipeNode?, path: String, collector: ProblemCollector) {
        let own = CodingKeys.allCases.map(\.rawValue)
        let (common, rest) = (node ?? RecipeNode(value: .section([]))).divided(by: own)
        let section = SectionReader<CodingKeys>(common, path: [path], collector: collector)
        let families = collector.catalog.families + collector.catalog.pixelModels
        let (name, schema) = section.part(.family, among: families)
        family = name
        distribution = section.choice(.distribution, default: .normal)
        conditional = section.flag(.conditional, default: false)
        wraps = section.choice(.wraps, default: PictureWrapping.none)
        settings =
            schema.map {
                SettingReader(collector: collector).read(rest, path: [path], schema: $0)
            } ?? .section([:])
    }
}

extension RecipeNode {
    /// The keys of a section that are among these, and the others; what is no section stays whole.
    func divided(by keys: [String]) -> (RecipeNode, RecipeNode?) {
        guard case .section(let entries) = value else { return (self, nil) }
        let first = entries.filter { keys.contains($0.key) }
        let rest = entries.filter { !keys.contains($0.key) }
        return (
            RecipeNode(value: .section(first), origin: origin),
            RecipeNode(value: .section(rest), origin: origin)
        )
    }
}

extension SettingValue {
    /// A section without these keys.
    func removing(_ keys: [String]) -> SettingValue {
        guard case .section(let entries) = self else { return self }
        return .section(entries.filter { !keys.contains($0.key) })
    }
}
