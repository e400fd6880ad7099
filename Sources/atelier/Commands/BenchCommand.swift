import ArgumentParser
import Foundation
import Runs
import Training

/// `atelier bench`: times a recipe's train step or its sampling on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Time a recipe's train step, or sampling, on this machine."
    )

    @Argument(help: "A recipe that comes with atelier, or the path of one in YAML.")
    var recipe = "seed-dcgan"

    @Option(help: "Pictures in a step.")
    var batch: Int?

    @Option(help: "Steps that are timed, after three that are not.")
    var steps = 10

    @Option(help: "Threads of the processor.")
    var threads: Int?

    @Option(help: "float32 or bfloat16.")
    var precision: String?

    @Flag(help: "Time drawing instead of training.")
    var sample = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if steps < 1 { throw ValidationError("--steps expects a number from 1, found \(steps).") }
    }

    func run() async throws {
        let recipe = try Recipe.load(
            recipe,
            overrides: [
                batch.map { "training.batch=\($0)" }, precision.map { "training.precision=\($0)" },
            ].compactMap { $0 }
        )
        let result = try StepBenchmark(recipe, isSampling: sample)
            .run(steps: steps, threads: threads)
        Console.say(
            "\(result.work): \(result.imagesPerSecond) images/s, peak \(result.peakMiB) MiB",
            output
        )
        if output.json { Console.json(result) }
    }
}
