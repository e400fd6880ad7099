/// A source of prior knowledge cannot be used.
public struct KnowledgeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    /// An error.
    public init(_ problem: String, at place: String, cure: String) {
        description = "\(place): \(problem); \(cure)."
    }
}
