/// What is wrong with an optimizer's settings or with a saved state.
public enum OptimizerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A setting outside its range.
    case badSetting(name: String, value: Double, expected: String)
    /// Tensors that the state should have.
    case missing(owner: String, names: [String])
    /// Tensors that the state should not have.
    case unexpected(owner: String, names: [String])
    /// A tensor of another type or shape.
    case mismatch(owner: String, name: String, expected: String, found: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .badSetting(let name, let value, let expected):
            "Setting '\(name)' is \(value); expected \(expected)."
        case .missing(let owner, let names):
            "The saved state of the \(owner) lacks \(Self.list(names)). It was saved by another kind"
                + " or for another model: load it with the settings it was saved with."
        case .unexpected(let owner, let names):
            "The saved state of the \(owner) has \(Self.list(names)), which has no place here."
                + " It was saved by another kind or for another model: load it with the settings"
                + " it was saved with."
        case .mismatch(let owner, let name, let expected, let found):
            "In the saved state of the \(owner), '\(name)' should be \(expected), found \(found)."
                + " It was saved for another model: load it with the settings it was saved with."
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }

    /// Throws unless the condition holds.
    static func check(
        _ condition: Bool,
        _ name: String,
        _ value: Double,
        _ expected: String
    ) throws(OptimizerError) {
        if !condition { throw .badSetting(name: name, value: value, expected: expected) }
    }

    /// Throws unless the value lies in 0 ..< 1.
    static func checkShare(_ name: String, _ value: Double) throws(OptimizerError) {
        try check(value >= 0 && value < 1, name, value, "at least 0 and less than 1")
    }

    /// Throws unless the value is finite and not negative.
    static func checkNotNegative(_ name: String, _ value: Double) throws(OptimizerError) {
        try check(value >= 0 && value.isFinite, name, value, "a finite number, at least 0")
    }

    /// Throws unless the value is finite and positive.
    static func checkPositive(_ name: String, _ value: Double) throws(OptimizerError) {
        try check(value > 0 && value.isFinite, name, value, "a finite number greater than 0")
    }
}
