import ArgumentParser
import Evaluation
import Foundation

/// What is measured, and on how many drawings.
struct MeasureOptions: ParsableArguments {
    @Option(help: "Measures, separated by commas; 'atelier evaluate --help' lists them.")
    var metrics: String?

    @Option(help: "Pictures that a model draws to be measured.")
    var samples = 1000

    func validate() throws {
        _ = try measures(otherwise: [])
        guard (1...1_000_000).contains(samples) else {
            throw ValidationError("--samples expects 1 to 1000000, found \(samples).")
        }
    }

    /// The measures that are named.
    ///
    /// - Parameter all: Those that are taken where none is named.
    /// - Returns: The measures, in the order in which they are named.
    /// - Throws: `ValidationError` for an unknown one.
    func measures(otherwise all: [Measure]) throws -> [Measure] {
        guard let metrics else { return all }
        return try metrics.split(separator: ",").map { name in
            let plain = name.trimmingCharacters(in: .whitespaces).lowercased()
            guard let measure = Measure(rawValue: plain) else {
                let known = Measure.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--metrics knows \(known); found '\(plain)'.")
            }
            return measure
        }
    }
}
