import ArgumentParser
import Requests

/// How it is drawn, in the model's own numbers; they beat what parameters say.
struct SamplingArguments: ParsableArguments {
    @Option(help: "What remains of the distance to the mean picture: 0.7 is safer, 1 leaves all.")
    var truncation: Double?

    @Option(help: "How freely pieces are drawn: 1 as learned, 0 the likeliest.")
    var temperature: Double?

    @Option(name: .customLong("top-p"), help: "The total chance of the likeliest codes that count.")
    var topP: Double?

    @Option(help: "How far what is asked for is stressed: 1 for not at all.")
    var guidance: Double?

    @Option(help: "How many steps a picture is drawn in, 1 to 64; for amused.")
    var steps: Int?

    @OptionGroup var placement: PlacementOptions

    func validate() throws {
        func check(_ name: String, _ value: Double?, _ range: ClosedRange<Double>) throws {
            guard let value, !range.contains(value) else { return }
            throw ValidationError(
                "--\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
        try check("truncation", truncation, Limits.truncation)
        try check("temperature", temperature, Limits.temperature)
        try check("top-p", topP, Limits.topP)
        try check("guidance", guidance, Limits.guidance)
        if let steps, !Limits.drawingSteps.contains(steps) {
            throw ValidationError("--steps expects 1 to 64, found \(steps).")
        }
    }

    /// What is given, for a request.
    var changes: SamplingChanges {
        var changes = SamplingChanges()
        (changes.truncation, changes.temperature) = (truncation, temperature)
        (changes.topP, changes.guidance) = (topP, guidance)
        changes.steps = steps
        placement.add(to: &changes)
        return changes
    }
}
