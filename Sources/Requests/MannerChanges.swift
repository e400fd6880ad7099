/// How pictures are drawn where that differs from what a prompt's parameters say, in the models' own numbers.
public struct MannerChanges: Codable, Sendable, Equatable {
    /// What remains of each picture's distance to the mean one.
    public var truncation: Double?
    /// How freely pieces are drawn: 1 as learned, 0 the likeliest.
    public var temperature: Double?
    /// The total chance of the likeliest codes that count.
    public var topP: Double?
    /// How far what is asked for is stressed: 1 for not at all.
    public var guidance: Double?

    /// Nothing differs.
    public init() {}

    /// Refuses numbers that no model follows.
    func check() throws(RequestProblem) {
        if let truncation {
            try RequestProblem.check(truncation, Limits.truncation, "truncation")
        }
        if let temperature {
            try RequestProblem.check(temperature, Limits.temperature, "temperature")
        }
        if let topP { try RequestProblem.check(topP, Limits.topP, "topP") }
        if let guidance { try RequestProblem.check(guidance, Limits.guidance, "guidance") }
    }
}
