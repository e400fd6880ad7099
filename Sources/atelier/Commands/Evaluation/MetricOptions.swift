import ArgumentParser
import Evaluation
import Foundation

/// What is measured, and on how many drawings.
struct MetricOptions: ParsableArguments {
    @Option(
        name: .customLong("metrics"),
        help: "Metrics, separated by commas; 'atelier evaluate --help' lists them."
    )
    var names: String?

    @Option(help: "Pictures that a model draws to be measured.")
    var samples = 1000

    func validate() throws {
        _ = try metrics(otherwise: [])
        guard (1...1_000_000).contains(samples) else {
            throw ValidationError("--samples expects 1 to 1000000, found \(samples).")
        }
    }

    /// The metrics that are named.
    ///
    /// - Parameter all: Those that are taken where none is named.
    /// - Returns: The metrics, in the order in which they are named.
    /// - Throws: `ValidationError` for an unknown one.
    func metrics(otherwise all: [any Metric]) throws -> [any Metric] {
        guard let names else { return all }
        return try names.split(separator: ",").map { name in
            let plain = name.trimmingCharacters(in: .whitespaces).lowercased()
            guard let metric = Metrics.registry[plain] else {
                let known = Metrics.registry.all.map(\.name).joined(separator: ", ")
                throw ValidationError("--metrics knows \(known); found '\(plain)'.")
            }
            return metric
        }
    }
}
