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
        /// Numbers that the heavy operations computed in.
        public let precision: Recipe.Training.Precision
        /// Pictures in a step.
        public let batch: Int
        /// Pictures a second over the median step.
        public let imagesPerSecond: Double
        /// The most memory that the process held.
        public let peakMiB: Int

        package init(
            peer: String,
            work: String,
            precision: Recipe.Training.Precision,
            batch: Int,
            imagesPerSecond: Double,
            peakMiB: Int
        ) {
            self.peer = peer
            self.work = work
            self.precision = precision
            self.batch = batch
            self.imagesPerSecond = imagesPerSecond
            self.peakMiB = peakMiB
        }

        enum CodingKeys: String, CodingKey {
            case peer
            case work
            case precision
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
        let recipe = try PrecisionCheck.resolved(recipe).recipe
        let workload = try Workload(recipe, isSampling: isSampling)
        let seconds = workload.seconds(steps: steps, warmUp: 3)
        let pictures = isSampling ? recipe.training.batch : workload.picturesPerStep
        let median = (seconds[(steps - 1) / 2] + seconds[steps / 2]) / 2
        let precision = recipe.training.precision
        return Result(
            peer: "atelier, libtorch \(Machine.torchVersion) \(precision.rawValue)",
            work: isSampling ? "sample" : "train step",
            precision: precision,
            batch: recipe.training.batch,
            imagesPerSecond: (Double(pictures) / median * 10).rounded() / 10,
            peakMiB: ProcessMemory.peakMiB
        )
    }

    /// Where the time of so many steps goes, operator by operator, after three that do not count.
    ///
    /// - Throws: `TorchError` when the recipe's device is not there.
    public func profile(steps: Int, threads: Int? = nil) throws -> ProfileReport {
        if let threads { Machine.threads = threads }
        Machine.keepMemory()
        let resolved = try PrecisionCheck.resolved(recipe).recipe
        let workload = try Workload(resolved, isSampling: isSampling)
        let seconds = workload.seconds(steps: steps, warmUp: 3)
        let profile = OperatorProfile.of { for _ in 0..<steps { workload.take() } }
        let isProcessor = recipe.device.rawValue == "cpu"
        return ProfileReport(
            profile,
            steps: steps,
            roofline: isSampling || !isProcessor
                ? nil : Roofline(resolved, seconds: seconds[steps / 2])
        )
    }
}
