import ArgumentParser
import Generation

/// How it is drawn, in the model's own numbers; they beat what parameters say.
struct MannerOptions: ParsableArguments {
    @Option(help: "What remains of the distance to the mean picture: 0.7 is safer, 1 leaves all.")
    var truncation: Double?

    @Option(help: "How freely pieces are drawn: 1 as learned, 0 the likeliest.")
    var temperature: Double?

    @Option(name: .customLong("top-p"), help: "The total chance of the likeliest codes that count.")
    var topP: Double?

    @Option(help: "How far what is asked for is stressed: 1 for not at all.")
    var guidance: Double?

    func validate() throws {
        func check(_ name: String, _ value: Double?, _ range: ClosedRange<Double>) throws {
            guard let value, !range.contains(value) else { return }
            throw ValidationError(
                "--\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
        try check("truncation", truncation, 0...2)
        try check("temperature", temperature, 0...10)
        try check("top-p", topP, 0.01...1)
        try check("guidance", guidance, 0...20)
    }

    /// Puts what is given in its place.
    func adjust(_ manner: inout DrawingManner) {
        if let truncation { manner.truncation = truncation }
        if let temperature { manner.temperature = temperature }
        if let topP { manner.topP = topP }
        if let guidance { manner.guidance = guidance }
    }
}
