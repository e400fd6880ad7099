/// What a file of updates of few numbers is, which are added to the weights of a model.
public struct UpdateDescription: FileDescription {
    /// The key under which a file's texts hold the description.
    public static let key = "atelier.low-rank"

    /// Rows of the narrow matrices.
    public var rank: Int
    /// What their product is multiplied by, before it is divided by the rank.
    public var strength: Double
    /// What the run began with: weights that the updates are made for.
    public var base: String
    /// The recipe that the updates were learned by.
    public var recipe: String
    /// The set of pictures that they were learned from.
    public var set: String
    /// Real pictures that were shown.
    public var images: Int

    /// A description of what a recipe learned.
    public init(_ start: Recipe.Start, _ update: Recipe.LowRank, _ recipe: Recipe, images: Int) {
        (rank, strength, base) = (update.rank, update.strength, start.from)
        (self.recipe, set, self.images) = (recipe.name, recipe.data.set, images)
    }
}
