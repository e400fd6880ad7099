import Files

/// Why something could not be fetched, and what to do.
public struct HubError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was fetched.
    public let place: String
    /// What happened.
    public let problem: String
    /// What to do.
    public let cure: String

    /// An error.
    init(_ place: String, _ problem: String, cure: String) {
        (self.place, self.problem, self.cure) = (place, problem, cure)
    }

    /// What happened, where, what to do.
    public var description: String { "\(TerminalText.name(place)) \(problem); \(cure)" }
}
