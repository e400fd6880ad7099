/// What a recipe may say of one part.
public struct PartSchema: Sendable {
    /// The name in recipes.
    public let name: String
    /// What it is, in one sentence.
    public let summary: String
    /// Where it comes from.
    public let source: String
    /// All settings with their defaults.
    public let defaults: SettingValue
    private let find: @Sendable (SettingValue) -> [SettingProblem]

    /// The schema of a part with settings of that type.
    public init<Settings: PartSettings>(
        name: String,
        summary: String,
        source: String,
        settings: Settings.Type
    ) {
        self.name = name
        self.summary = summary
        self.source = source
        defaults = SettingCoding.tree(Settings())
        find = { tree in
            do throws(SettingProblem) {
                return try SettingCoding.value(Settings.self, of: tree).problems
            } catch {
                return [error]
            }
        }
    }

    /// What is wrong with a complete tree of settings.
    public func problems(_ tree: SettingValue) -> [SettingProblem] { find(tree) }
}

/// All parts that recipes can name.
public struct PartCatalog: Sendable {
    /// Families of networks.
    public var families: [PartSchema]
    /// Kinds of pixel models.
    public var pixelModels: [PartSchema]
    /// Adversarial losses.
    public var losses: [String]
    /// Terms that keep the players' game stable.
    public var regularisers: [PartSchema]
    /// What else a discriminator learns.
    public var tasks: [PartSchema]
    /// Changes to all pictures on their way to the discriminator.
    public var augmentations: [PartSchema]
    /// What does not fit together in a recipe that is right part by part.
    public var conflicts: @Sendable (Recipe) -> [SettingProblem]

    /// A catalog.
    public init(
        families: [PartSchema],
        pixelModels: [PartSchema] = [],
        losses: [String],
        regularisers: [PartSchema] = [],
        tasks: [PartSchema] = [],
        augmentations: [PartSchema] = [],
        conflicts: @escaping @Sendable (Recipe) -> [SettingProblem] = { _ in [] }
    ) {
        self.families = families
        self.pixelModels = pixelModels
        self.losses = losses
        self.regularisers = regularisers
        self.tasks = tasks
        self.augmentations = augmentations
        self.conflicts = conflicts
    }
}
