import ArgumentParser
import Evaluation
import Foundation
import Runs
import Training

/// `atelier bench`: times a recipe's train step or its sampling on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Time a recipe on this machine and suggest batch and precision.",
        discussion: """
            Without --batch, --precision, --sample and --profile, both precisions and three \
            batches are timed and the best setting is suggested; otherwise that one setting is.
            """
    )

    @Argument(help: "A recipe that comes with atelier, or the path of one in YAML.")
    var recipe = "seed-dcgan"

    @Option(help: "Pictures in a step.")
    var batch: Int?

    @Option(help: "Steps that are timed, after three that are not.")
    var steps = 10

    @Option(help: "Threads of the processor.")
    var threads: Int?

    @Option(help: "float32, bfloat16 or auto.")
    var precision: String?

    @Option(help: "Change the recipe: key.path=value; may be repeated.")
    var set: [String] = []

    @Flag(help: "Time drawing instead of training.")
    var sample = false

    @Flag(help: "Show which operators the time goes to.")
    var profile = false

    @Flag(
        help: "Time the figures of 'evaluate': two made-up sets of 10,000 pictures, 512 features."
    )
    var metrics = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if steps < 1 { throw ValidationError("--steps expects a number from 1, found \(steps).") }
        if let threads, threads < 1 {
            throw ValidationError("--threads expects a number from 1, found \(threads).")
        }
    }

    func run() async throws {
        if metrics { return try timeMeasures() }
        let recipe = try Recipe.load(
            recipe,
            overrides: TypedNumbers.changes(set)
                + [
                    batch.map { "training.batch=\($0)" },
                    precision.map { "training.precision=\($0)" },
                ].compactMap { $0 }
        )
        if profile {
            try show(
                try StepBenchmark(recipe, isSampling: sample)
                    .profile(steps: steps, threads: threads)
            )
        } else if batch == nil, precision == nil, !sample {
            try survey(recipe)
        } else {
            let result = try StepBenchmark(recipe, isSampling: sample)
                .run(steps: steps, threads: threads)
            Console.say(line(result) + ", peak \(result.peakMiB) MiB", output)
            if output.json { Console.json(result) }
        }
    }

    private func timeMeasures() throws {
        let found = try MetricBenchmark(threads: threads) { _ in }
        let peak = ProcessMemory.peakMiB
        for metric in MetricBenchmark.metrics {
            let seconds = found.seconds[metric.name] ?? 0
            Console.say(String(format: "%.1f s ", seconds) + metric.summary, output)
        }
        Console.say(String(format: "%.1f s together, peak %d MiB", found.total, peak), output)
        if output.json { Console.json(MeasureReport(benchmark: found, peakMiB: peak)) }
    }

    /// What was found, for programs.
    private struct MeasureReport: Encodable {
        let benchmark: MetricBenchmark
        let peakMiB: Int

        enum CodingKeys: String, CodingKey {
            case benchmark
            case peakMiB = "peak_mib"
        }
    }

    private func survey(_ recipe: Recipe) throws {
        let found = try BenchmarkSurvey(recipe).run(steps: steps, threads: threads) {
            Console.say(line($0), output)
        }
        Console.say(
            "suggestion: --set training.precision=\(found.precision.rawValue)"
                + " --batch \(found.batch): \(found.reason)",
            output
        )
        if output.json { Console.json(found) }
    }

    private func line(_ result: StepBenchmark.Result) -> String {
        "\(result.work), \(result.precision.rawValue), batch \(result.batch):"
            + " \(result.imagesPerSecond) images/s"
    }

    private func show(_ found: ProfileReport) throws {
        for row in found.rows { Console.say(row.text, output) }
        Console.say("\(found.layoutCopies) copies to another layout", output)
        if let roofline = found.roofline {
            Console.say(
                String(
                    format: "%.1f ms a step, %.1f GFLOP by direct sums, convolution at %.0f"
                        + " GFLOP/s: share of the roofline %.2f",
                    roofline.seconds * 1000,
                    roofline.gigaFLOP,
                    roofline.convolutionRate,
                    roofline.share
                ),
                output
            )
        }
        if output.json { Console.json(found) }
    }
}
