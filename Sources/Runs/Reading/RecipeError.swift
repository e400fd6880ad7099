/// Why a recipe cannot be used.
public enum RecipeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No file and no bundled recipe has this name.
    case unknown(name: String, nearest: String?, bundled: [String])
    /// The file cannot be read.
    case unreadable(path: String, reason: String)
    /// The text is not YAML.
    case malformed(source: String, reason: String)
    /// Everything that is wrong with the values.
    case invalid(source: String, problems: [RecipeProblem])

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .unknown(let name, let nearest, let bundled):
            let guess = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
            return "there is no recipe and no file \"\(name)\"\(guess) "
                + "Bundled recipes: \(bundled.joined(separator: ", "))."
        case .unreadable(let path, let reason):
            return "the recipe \(path) cannot be read: \(reason)"
        case .malformed(let source, let reason):
            return "the recipe \(source) is not YAML: \(reason)"
        case .invalid(let source, let problems):
            let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
            return (["the recipe \(source) has \(count):"] + problems.map { "  \($0)" })
                .joined(separator: "\n")
        }
    }
}
