import Midjourney
import Runs

extension Recipe {
    /// All parts that recipes can name.
    public static var parts: PartCatalog { .midjourney }

    /// Loads a bundled recipe by name, or a file, with all parts that this library can train.
    ///
    /// - Parameters:
    ///   - nameOrPath: A bundled name, or the path of a YAML or JSON file.
    ///   - overrides: Values that take precedence, such as `training.epochs=3`.
    /// - Returns: The recipe, checked as a whole.
    /// - Throws: `RecipeError`.
    public static func load(
        _ nameOrPath: String,
        overrides: [String] = []
    ) throws(RecipeError) -> Recipe {
        try load(nameOrPath, overrides: overrides, catalog: .midjourney)
    }
}
