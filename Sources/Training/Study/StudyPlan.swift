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

    /// Minutes of training of each run, at those rates.
    var minutes: Double
    /// Seeds of the runs.
    var seeds: [UInt64]
    /// Changes that all recipes get.
    var changes: [String]
    /// Threads of the processor.
    var threads: Int
    /// The ways to train.
    var entries: [Entry]

    /// What a way to train gets.
    func entry(_ part: StudyPart, _ variant: StudyVariant) -> Entry? {
        entries.first { $0.name == StudyPlan.name(part, variant) }
    }

    static func name(_ part: StudyPart, _ variant: StudyVariant) -> String {
        "\(part.name)/\(variant.name)"
    }

    /// Measures the rates of all ways to train in turn, round after round.
    static func measured(
        _ parts: [StudyPart],
        minutes: Double,
        seeds: [UInt64],
        changes: [String],
        threads: Int,
        tell: (String) -> Void
    ) throws -> StudyPlan {
        var found: [(name: String, workload: Workload, precision: Recipe.Training.Precision)] = []
        for part in parts {
            for variant in part.variants {
                let recipe = try PrecisionCheck.resolved(variant.recipe(changes)).recipe
                found.append(
                    (
                        name(part, variant), try Workload(recipe, isSampling: false),
                        recipe.training.precision
                    )
                )
            }
        }
        var shortest = [Double](repeating: .infinity, count: found.count)
        for _ in 0..<3 {
            for index in found.indices {
                let seconds = found[index].workload.seconds(steps: 3, warmUp: 1)
                shortest[index] = min(shortest[index], seconds[0])
            }
        }
        var entries = zip(found, shortest).map { item, seconds in
            Entry(
                name: item.name,
                secondsPerStep: seconds,
                steps: max(Int(minutes * 60 / seconds), 1),
                precision: item.precision
            )
        }
        for part in parts {
            for variant in part.variants {
                guard let other = variant.stepsOf,
                    let model = entries.first(where: { $0.name == "\(part.name)/\(other)" }),
                    let own = entries.firstIndex(where: { $0.name == name(part, variant) })
                else { continue }
                entries[own].steps = model.steps
            }
        }
        for entry in entries {
            tell("\(entry.name): \(entry.steps) steps, \(entry.precision.rawValue)")
        }
        return StudyPlan(
            minutes: minutes,
            seeds: seeds,
            changes: changes,
            threads: threads,
            entries: entries
        )
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
