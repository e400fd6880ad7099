import Settings

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
