/// Why a tokenizer's file cannot be used: where, and what is in the way.
public struct TextTokensError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The place in the file, its keys with dots between.
    public var place: String
    /// What is wrong there.
    public let problem: String

    /// A reason.
    public init(_ problem: String, at place: String = "") {
        (self.place, self.problem) = (place, problem)
    }

    /// Place, problem, cure.
    public var description: String {
        (place.isEmpty ? "the tokenizer" : "the tokenizer's \(place)")
            + ": \(problem). Take the file as it was published; docs/models.md says what is read."
    }
}
