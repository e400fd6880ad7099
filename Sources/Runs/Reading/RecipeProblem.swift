/// One thing wrong with a recipe.
public struct RecipeProblem: Sendable, Equatable, CustomStringConvertible {
    /// Path of the key, such as `optimizers.generator.learning-rate`.
    public var path: String
    /// What belongs there.
    public var expected: String
    /// What is there.
    public var found: String
    /// Where it was given, when it was given at all.
    public var origin: RecipeOrigin?

    /// One line: path, expected, found, place.
    public var description: String {
        let place = origin.map { " (\($0))" } ?? ""
        return "\(path): expected \(expected), found \(found)\(place)"
    }
}
