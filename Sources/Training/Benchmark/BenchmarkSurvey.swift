import Checks
import Runs
import Torch

/// Times a recipe's step in every precision and several batches, and suggests settings.
public struct BenchmarkSurvey {
    /// What was found.
    public struct Findings: Codable, Sendable {
        /// Every setting that was timed.
        public let results: [StepBenchmark.Result]
        /// The numbers to compute in.
        public let precision: Recipe.Training.Precision
        /// Pictures in a step.
        public let batch: Int
        /// Why this setting is suggested.
        public let reason: String
    }

    /// What a larger batch must gain to be suggested in place of a smaller one.
    private static let margin = 1.05

    private let recipe: Recipe

    /// A survey of training a recipe.
    public init(_ recipe: Recipe) { self.recipe = recipe }

    /// Times the recipe's batch, its half and its double, in float32 and, where the machine has it,
    /// bfloat16.
    ///
    /// - Parameters:
    ///   - steps: Steps that are timed in each setting.
    ///   - threads: Threads of the processor; nothing for as many as there are.
    ///   - tell: Told each result.
    /// - Returns: The results and what they suggest.
    /// - Throws: `TorchError` when the recipe's device is not there.
    public func run(
        steps: Int,
        threads: Int? = nil,
        tell: (StepBenchmark.Result) -> Void = { _ in }
    ) throws -> Findings {
        let device = try Device(recipe.device.rawValue)
        let hasShort = device.kind != .cpu || Machine.hasBFloat16
        let own = recipe.training.batch
        var results: [StepBenchmark.Result] = []
        for precision in hasShort ? [.float32, .bfloat16] : [Recipe.Training.Precision.float32] {
            for batch in [max(own / 2, 1), own, own * 2] {
                var setting = recipe
                setting.training.batch = batch
                setting.training.precision = precision
                let result = try StepBenchmark(setting, isSampling: false)
                    .run(steps: steps, threads: threads)
                tell(result)
                results.append(result)
            }
        }
        return BenchmarkSurvey.findings(results, batch: own)
    }

    /// What results of a recipe with that batch suggest.
    ///
    /// - Precondition: the recipe's own batch is among the results.
    package static func findings(_ results: [StepBenchmark.Result], batch own: Int) -> Findings {
        let atOwn = results.filter { $0.batch == own }
        let long = atOwn.first { $0.precision == .float32 }
        let best = atOwn.max { $0.imagesPerSecond < $1.imagesPerSecond }
        guard let long, let best else { preconditionFailure("no result at batch \(own)") }
        let chosen = best.imagesPerSecond > long.imagesPerSecond * margin ? best : long
        let others = results.filter { $0.precision == chosen.precision && $0.batch != own }
        let larger = others.filter { $0.imagesPerSecond > chosen.imagesPerSecond * margin }
            .max { $0.imagesPerSecond < $1.imagesPerSecond }
        let gain = chosen.imagesPerSecond / long.imagesPerSecond
        var reason =
            chosen.precision == .float32
            ? "bfloat16 gains nothing here"
            : "bfloat16 is \(times(gain)) as fast as float32"
        if let larger {
            let more = larger.imagesPerSecond / chosen.imagesPerSecond
            reason += "; batch \(larger.batch) is \(times(more)) as fast, but trains differently"
        } else {
            reason += "; no other batch is faster by five per cent"
        }
        return Findings(
            results: results,
            precision: chosen.precision,
            batch: own,
            reason: reason
        )
    }

    private static func times(_ ratio: Double) -> String {
        "\((ratio * 100).rounded() / 100) times"
    }
}
