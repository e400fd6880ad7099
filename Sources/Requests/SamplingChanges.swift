/// How pictures are drawn where that differs from what a prompt's parameters say, in the models' own numbers.
public struct SamplingChanges: Codable, Sendable, Equatable {
    /// What remains of each picture's distance to the mean one.
    public var truncation: Double?
    /// How freely pieces are drawn: 1 as learned, 0 the likeliest.
    public var temperature: Double?
    /// The total chance of the likeliest codes that count.
    public var topP: Double?
    /// How far what is asked for is stressed: 1 for not at all.
    public var guidance: Double?
    /// Steps that a picture is drawn in, of models that draw in several.
    public var steps: Int?
    /// How far pictures are moved to the right and downwards, in their own sides.
    public var translate: [Double]?
    /// Degrees by which they are turned against the clock, before they are moved.
    public var rotate: Double?

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
        if let steps, !Limits.drawingSteps.contains(steps) {
            throw RequestProblem(
                "steps",
                expects: "\(Limits.drawingSteps.lowerBound) to \(Limits.drawingSteps.upperBound)",
                found: "\(steps)"
            )
        }
        if let rotate { try RequestProblem.check(rotate, Limits.rotation, "rotate") }
        guard let translate else { return }
        guard translate.count == 2 else {
            throw RequestProblem(
                "translate",
                expects: "two numbers, to the right and downwards",
                found: "\(translate.count)"
            )
        }
        for way in translate { try RequestProblem.check(way, Limits.translation, "translate") }
    }
}
