import Runs

/// A grid of changes to a recipe: each combination is a run.
public struct SweepPlan: Codable, Sendable, Equatable {
    /// A key of the recipe and the values that it takes.
    public struct Axis: Codable, Sendable, Equatable {
        /// The dotted key, as with `--set`.
        public var key: String
        /// Its values, as they are written in recipes.
        public var values: [String]

        /// A key with values.
        public init(_ key: String, _ values: [String]) { (self.key, self.values) = (key, values) }
    }

    /// The recipe's name or path.
    public var recipe: String
    /// What changes from run to run; the last one changes first.
    public var axes: [Axis]
    /// Changes that all runs get.
    public var changes: [String]
    /// What else all runs have in common, so that rows compare: limits, measures.
    public var terms: [String]
    /// Which runs go on longer than the others; nothing where all are trained alike.
    public var halving: SweepHalving?

    /// A grid over a recipe.
    public init(
        recipe: String,
        axes: [Axis],
        changes: [String] = [],
        terms: [String] = [],
        halving: SweepHalving? = nil
    ) {
        (self.recipe, self.axes) = (recipe, axes)
        (self.changes, self.terms, self.halving) = (changes, terms, halving)
    }

    /// The values of each run, in the order of the axes.
    public var cells: [[String]] {
        axes.reduce([[]]) { cells, axis in
            cells.flatMap { cell in axis.values.map { cell + [$0] } }
        }
    }

    /// A run's recipe.
    ///
    /// - Throws: `RecipeError` for a key or value that no recipe has.
    func recipe(of cell: [String]) throws(RecipeError) -> Recipe {
        try Recipe.load(
            recipe,
            overrides: changes + zip(axes, cell).map { "\($0.key)=\($1)" },
            catalog: Recipe.parts
        )
    }
}
