import Foundation
import Runs

/// What every run of a study gets: the same time at the rates that were measured, turn about,
/// before the first one.
struct StudyPlan: Codable, Equatable {
    /// A way to train.
    struct Entry: Codable, Equatable {
        /// The part and the variant.
        var name: String
        /// Seconds of a step, the shortest measured.
        var secondsPerStep: Double
        /// Steps of each run.
        var steps: Int
        /// What heavy operations compute in.
        var precision: Recipe.Training.Precision
    }

    /// Minutes of training of each run, at those rates; parts may take a share of them.
    var minutes: Double
    /// Seeds of the runs.
    var seeds: [UInt64]
    /// Changes that all recipes get.
    var changes: [String]
    /// Threads of the processor.
    var threads: Int
    /// The ways to train.
    var entries: [Entry] = []

    /// What a way to train gets.
    func entry(_ part: StudyPart, _ variant: StudyVariant) -> Entry? {
        entries.first { $0.name == StudyPlan.name(part, variant) }
    }

    static func name(_ part: StudyPart, _ variant: StudyVariant) -> String {
        "\(part.name)/\(variant.name)"
    }

    /// Measures the rates of the ways to train that it does not have yet, in turn, round after round.
    ///
    /// - Returns: Whether there were any.
    mutating func measure(_ parts: [StudyPart], tell: (String) -> Void) throws -> Bool {
        let missing = parts.flatMap { part in
            part.variants.filter { entry(part, $0) == nil }.map { (part: part, variant: $0) }
        }
        guard !missing.isEmpty else { return false }
        tell("measuring rates, all ways in turn")
        let found = try missing.map { part, variant in
            let recipe = try PrecisionCheck.resolved(variant.recipe(changes)).recipe
            return (
                workload: try Workload(recipe, isSampling: false),
                precision: recipe.training.precision
            )
        }
        var shortest = [Double](repeating: .infinity, count: found.count)
        for _ in 0..<3 {
            for index in found.indices {
                let seconds = found[index].workload.seconds(steps: 3, warmUp: 1)
                shortest[index] = min(shortest[index], seconds[0])
            }
        }
        for (index, way) in missing.enumerated() {
            entries.append(
                Entry(
                    name: Self.name(way.part, way.variant),
                    secondsPerStep: shortest[index],
                    steps: max(Int(minutes * way.part.share * 60 / shortest[index]), 1),
                    precision: found[index].precision
                )
            )
        }
        for (part, variant) in missing {
            guard let other = variant.stepsOf,
                let model = entries.first(where: { $0.name == "\(part.name)/\(other)" }),
                let own = entries.firstIndex(where: { $0.name == Self.name(part, variant) })
            else { continue }
            entries[own].steps = model.steps
        }
        for entry in entries.suffix(missing.count) {
            tell("\(entry.name): \(entry.steps) steps, \(entry.precision.rawValue)")
        }
        return true
    }
}

/// What was measured of a run.
struct StudyResult: Codable, Equatable {
    /// In the place of a variant: pictures of the training set, beside those held out.
    static let real = "real pictures"

    /// The part that it belongs to.
    var part: String
    /// The way to train.
    var variant: String
    /// Its seed.
    var seed: UInt64
    /// Steps taken.
    var steps: Int
    /// Real pictures shown.
    var images: Int
    /// Seconds that training took.
    var seconds: Double
    /// How it ended.
    var reason: RunStatus.Reason
    /// Figures by name; a figure that could not be measured is not there.
    var figures: [String: Double]
}
