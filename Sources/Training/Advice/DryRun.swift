import Foundation
import Neural
import Runs
import Torch

/// What a recipe will cost on this machine: a few steps are taken on made-up pictures.
public struct DryRun: Sendable, Codable {
    /// Numbers that the generator learns.
    public let generatorParameters: Int
    /// Numbers that the discriminator and its tasks learn.
    public let discriminatorParameters: Int
    /// The numbers that were computed in.
    public let precision: Recipe.Training.Precision
    /// Real pictures a second.
    public let imagesPerSecond: Double
    /// Hours that all epochs take at that rate.
    public let hours: Double
    /// The most memory that the process held.
    public let peakMiB: Int

    /// Takes a few steps of a recipe.
    ///
    /// - Parameters:
    ///   - recipe: What would be trained.
    ///   - pictures: Training pictures that there are.
    ///   - threads: Threads of the processor; nothing for the recipe's, or the machine's.
    /// - Throws: `TorchError` when the recipe's device is not there.
    public init(_ recipe: Recipe, pictures: Int, threads: Int? = nil) throws {
        if let threads = threads ?? recipe.training.threads { Machine.threads = threads }
        Machine.keepMemory()
        let resolved = try PrecisionCheck.resolved(recipe).recipe
        precision = resolved.training.precision
        let workload = try Workload(resolved, isSampling: false)
        generatorParameters = workload.parameters.generator
        discriminatorParameters = workload.parameters.discriminator
        let seconds = workload.seconds(steps: 3, warmUp: 1)
        imagesPerSecond = Double(workload.picturesPerStep) / seconds[1]
        hours = Double(recipe.training.epochs * pictures) / imagesPerSecond / 3600
        peakMiB = ProcessMemory.peakMiB
    }

    /// All of it in words.
    public var text: String {
        func millions(_ count: Int) -> String { String(format: "%.2f M", Double(count) / 1e6) }
        return
            "generator \(millions(generatorParameters)) parameters, discriminator"
            + " \(millions(discriminatorParameters)); "
            + String(
                format: "%.0f images/s in %@ here, so %.1f hours for all epochs; peak %d MiB",
                imagesPerSecond,
                precision.rawValue,
                hours,
                peakMiB
            )
    }
}
