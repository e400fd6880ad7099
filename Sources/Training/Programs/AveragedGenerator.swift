import Adversarial
import Neural
import Optimizers
import Runs
import Settings
import Torch

/// The network that draws, with its averaged weights: what a run is for.
final class AveragedGenerator {
    let spec: ImageSpec
    let generator: any Generator
    /// The averaged weights; the first are those to draw with.
    let averages: [WeightAverage]
    private let standingStatistics: Int
    private let distribution: LatentDistribution
    private let seed: UInt64

    /// An artist of a recipe.
    init(_ recipe: Recipe, spec: ImageSpec, generator: any Generator) {
        (self.spec, self.generator) = (spec, generator)
        averages = recipe.training.averageHalfLives.map {
            WeightAverage(of: generator, decay: .halfLife(images: Double($0), rampUp: 0.05))
        }
        standingStatistics = recipe.training.standingStatistics
        distribution = recipe.model.distribution
        seed = recipe.seed
    }

    /// Latents for the generator, from a stream of that purpose.
    func latents(for purpose: String) -> LatentSource {
        LatentSource(
            size: generator.latentSize,
            distribution: distribution,
            using: RandomSource(seed: seed, purpose: purpose)
        )
    }

    /// The generator as it is meant to be used: with its averaged weights where there are any, and
    /// statistics of its own drawings where that is asked for.
    func withBestGenerator<Result, Failure: Error>(
        _ body: (any Generator) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withoutGradients { () throws(Failure) -> Result in
            guard let average = averages.first else {
                return try generator.evaluating { () throws(Failure) -> Result in
                    try body(generator)
                }
            }
            return try withGenerator(of: average, body)
        }
    }

    /// The generator with the weights of one of the averages.
    func withGenerator<Result, Failure: Error>(
        of average: WeightAverage,
        _ body: (any Generator) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withoutGradients { () throws(Failure) -> Result in
            try average.applying { () throws(Failure) -> Result in
                standStatistics()
                return try generator.evaluating { () throws(Failure) -> Result in
                    try body(generator)
                }
            }
        }
    }

    /// Takes batch normalisation's running statistics anew, from drawings of the present weights.
    ///
    /// Source: Brock, Donahue and Simonyan, "Large scale GAN training", ICLR 2019, appendix C.1, with
    /// batches of growing size for labels and latents of a stream of their own.
    private func standStatistics() {
        guard standingStatistics > 0 else { return }
        let latents = latents(for: "standing-statistics")
        let device = generator.parameters[0].wrappedValue.device
        generator.restartStatistics {
            for _ in 0..<standingStatistics {
                let count = 32 + latents.source.next(below: 33)
                let labels = spec.randomLabels(count, device: device, using: latents.source)
                _ = generator.fastSample(latents.latents(count, device: device), labels: labels)
            }
        }
    }
}
