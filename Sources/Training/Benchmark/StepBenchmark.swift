import Foundation
import Runs
import Torch

/// Times steps of a recipe on made-up pictures: what the machine can do, without any data.
public struct StepBenchmark {
    /// What was found.
    public struct Result: Codable, Sendable {
        /// What was timed.
        public let peer: String
        /// Train step or sample.
        public let work: String
        /// Pictures in a step.
        public let batch: Int
        /// Pictures a second over the median step.
        public let imagesPerSecond: Double
        /// The most memory that the process held.
        public let peakMiB: Int

        enum CodingKeys: String, CodingKey {
            case peer
            case work
            case batch
            case imagesPerSecond = "images_per_second"
            case peakMiB = "peak_mib"
        }
    }

    private let recipe: Recipe
    private let isSampling: Bool

    /// A benchmark of training, or of sampling.
    public init(_ recipe: Recipe, isSampling: Bool) {
        self.recipe = recipe
        self.isSampling = isSampling
    }

    /// Takes three steps, then times so many.
    ///
    /// - Throws: `TorchError` when the recipe's device is not there.
    public func run(steps: Int, threads: Int? = nil) throws -> Result {
        if let threads { Machine.threads = threads }
        Machine.keepMemory()
        let device = try Device(recipe.device.rawValue)
        let players = Players(recipe, classes: 10, device: device)
        let batch = recipe.training.batch
        let precision = RecipeNetworks.precision(recipe.training.precision, device: device)
        let source = RandomSource(seed: recipe.seed, purpose: "benchmark")
        let pictures = Tensor.uniform(
            [batch, recipe.data.height, recipe.data.width, recipe.data.channels],
            from: -1,
            to: 1,
            device: device,
            using: source
        ).permuted([0, 3, 1, 2])
        let labels =
            recipe.model.conditional ? Tensor.integers([batch], below: 10, using: source) : nil
        let step = AdversarialStep(
            players,
            loss: RecipeNetworks.loss(recipe.objective.loss),
            precision: precision
        )
        players.generator.setTraining(!isSampling)
        let sampler = isSampling ? players.generator.sampler(dtype: precision ?? .float32) : nil
        func work() {
            if let sampler {
                inInferenceMode {
                    _ = sampler(players.latents.latents(batch, device: device), labels: labels)
                }
            } else {
                _ = step.simultaneous((pictures, labels))
            }
            device.synchronize()
        }
        for _ in 0..<3 { work() }
        let clock = ContinuousClock()
        let seconds = (0..<steps).map { _ in clock.measure(work) / .seconds(1) }.sorted()
        let median = (seconds[(steps - 1) / 2] + seconds[steps / 2]) / 2
        return Result(
            peer: "atelier, libtorch \(Machine.torchVersion) \(recipe.training.precision.rawValue)",
            work: isSampling ? "sample" : "train step",
            batch: batch,
            imagesPerSecond: (Double(batch) / median * 10).rounded() / 10,
            peakMiB: ProcessMemory.peakMiB
        )
    }
}
