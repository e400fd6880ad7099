import Runs

/// A recipe that can be trained, as pages show it before it is chosen.
struct RecipeView: Encodable, Sendable {
    var name: String
    var description: String
    /// What it learns from, and what that needs.
    var set: String
    var needs: String
    /// What comes out.
    var expect: String
    /// Hours on two cores; 0 where nobody measured them.
    var hours: Double
    var width: Int
    var height: Int
    /// Passes over the pictures.
    var epochs: Int
    /// Whether it learns from pictures of a person's own alone.
    var needsOwn: Bool

    /// A recipe.
    init(_ name: String, _ outline: RecipeOutline) {
        (self.name, description) = (name, outline.description)
        (needs, expect) = (outline.about.needs ?? "", outline.about.expect ?? "")
        (hours, epochs) = (outline.about.hours ?? 0, outline.training.epochs)
        set = outline.data.set
        (width, height) = (outline.data.size.last ?? 0, outline.data.size.first ?? 0)
        needsOwn = outline.data.set == "folder"
    }

    /// Those that come with the product, what takes least time first, then what nobody measured.
    static let all: [RecipeView] = Recipe.bundled
        .compactMap { recipe in recipe.outline.map { RecipeView(recipe.name, $0) } }
        .sorted { $0.order < $1.order }

    private var order: Double { hours > 0 ? hours : .infinity }
}
