/// Why a sweep cannot go on.
public enum SweepError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A folder that holds another grid.
    case otherPlan(folder: String)
    /// No run has the figure that decides which go on.
    case nothingDecides(figure: String, found: [String])

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .otherPlan(let folder):
            "\(folder) holds a sweep over another grid. Give the same recipe, --grid, --set, --steps and --metrics as then, or"
                + " another folder with --out."
        case .nothingDecides(let figure, let found):
            "No run has the figure '\(figure)' that decides which go on; found"
                + " \(found.isEmpty ? "none" : found.joined(separator: ", ")). Name one of these with --monitor, or what"
                + " gives it with --metrics or 'evaluation.every-epochs'."
        }
    }
}
