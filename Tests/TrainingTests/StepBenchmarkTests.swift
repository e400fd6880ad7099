import Runs
import TestSupport
import Testing
import Torch
import Training

@Suite struct StepBenchmarkTests {
    /// Networks of the seeds' kinds of layers, small enough for a moment.
    private static func recipe(_ precision: String, batch: Int = 32) throws -> Recipe {
        try Recipe.load(
            "seed-dcgan",
            overrides: ["training.batch=\(batch)", "training.precision=\(precision)"]
        )
    }

    /// Products of spectra are there for the seeds' layers; libtorch's own convolutions bring
    /// their gradients in another layout.
    private static let hasSpectra =
        FourierGeometry(
            input: [7, 7],
            output: [7, 7],
            kernel: [5, 5],
            stride: [1, 1],
            before: [2, 2]
        ).effort(count: 64, inputs: 128, outputs: 256) < .infinity

    /// Kernels, their gradients and all maps have the channels innermost from end to end.
    @Test(
        .enabled(if: hasSpectra && Machine.hasBFloat16, "no AVX-512 with bfloat16 here"),
        arguments: ["float32", "bfloat16"]
    )
    func aStepCopiesNoLayout(_ precision: String) throws {
        for isSampling in [false, true] {
            let recipe = try Self.recipe(precision, batch: 64)
            let found = try StepBenchmark(recipe, isSampling: isSampling)
                .profile(steps: 2)
            #expect(found.layoutCopies == 0, "isSampling: \(isSampling)")
            #expect(!found.rows.isEmpty)
        }
    }

    @Test(arguments: ["float32", "bfloat16", "auto"])
    func timesWhatItIsAsked(_ precision: String) throws {
        let result = try StepBenchmark(try Self.recipe(precision), isSampling: false).run(steps: 2)
        #expect(result.imagesPerSecond > 0)
        #expect(result.batch == 32)
        #expect(result.precision != .auto, "auto is decided by a measurement")
        if precision != "auto" { #expect(result.precision.rawValue == precision) }
    }

    /// New classes beside old ones: drawings of those are part of the work.
    @Test func timesWhatKeepsOldClasses() throws {
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: ToyData.settings
                + [
                    "model.conditional=true", "training.batch=8",
                    "start={from: somewhere, keeps-classes: true}",
                ]
        )
        let result = try StepBenchmark(recipe, isSampling: false).run(steps: 1)
        #expect(result.imagesPerSecond > 0)
    }

    /// Rates in float32 and bfloat16 at batches 16, 32 and 64, and what they suggest.
    private static let cases: [([Double], [Double], Recipe.Training.Precision, String)] = [
        ([10, 10, 10], [20, 20, 20], .bfloat16, "no other batch is faster"),
        ([10, 10, 10], [9, 10.2, 30], .float32, "bfloat16 gains nothing"),
        ([10, 10, 12], [8, 9, 10], .float32, "batch 64 is 1.2 times as fast"),
        ([10, 10, 10], [12, 15, 15.5], .bfloat16, "bfloat16 is 1.5 times as fast"),
    ]

    @Test(arguments: cases.indices) func suggestsWhatTheRatesSay(_ number: Int) {
        let (long, autocast, precision, reason) = Self.cases[number]
        func results(
            _ rates: [Double],
            _ precision: Recipe.Training.Precision
        ) -> [StepBenchmark.Result] {
            zip([16, 32, 64], rates).map { batch, rate in
                StepBenchmark.Result(
                    peer: "",
                    work: "train step",
                    precision: precision,
                    batch: batch,
                    imagesPerSecond: rate,
                    peakMiB: 0
                )
            }
        }
        let found = BenchmarkSurvey.findings(
            results(long, .float32) + results(autocast, .bfloat16),
            batch: 32
        )
        #expect(found.precision == precision)
        #expect(found.batch == 32)
        #expect(found.reason.contains(reason), "\(found.reason)")
    }
}
