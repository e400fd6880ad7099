/// Why pictures cannot be made as they are asked for.
public struct RequestProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The field that is wrong.
    public let field: String
    /// What was expected and found, and what to do.
    public let description: String

    /// A field that does not have what it must have.
    public init(_ field: String, expects expected: String, found: String) {
        self.field = field
        description = "'\(field)' expects \(expected), found \(found)."
    }

    /// A problem in words of its own.
    public init(_ field: String, _ description: String) {
        (self.field, self.description) = (field, description)
    }

    /// Refuses a number outside of a range.
    static func check<Number: Comparable>(
        _ number: Number,
        _ range: ClosedRange<Number>,
        _ field: String
    ) throws(RequestProblem) {
        guard !range.contains(number) else { return }
        throw RequestProblem(
            field,
            expects: "\(range.lowerBound) to \(range.upperBound)",
            found: "\(number)"
        )
    }
}
