/// Where a value of a recipe was given.
public enum RecipeOrigin: Sendable, Equatable, CustomStringConvertible {
    /// A place in the text; both count from one.
    case text(line: Int, column: Int)
    /// An override such as `training.epochs=3`.
    case override(String)

    /// The place in words.
    public var description: String {
        switch self {
        case .text(let line, let column): "line \(line), column \(column)"
        case .override(let text): "--set \(text)"
        }
    }
}
