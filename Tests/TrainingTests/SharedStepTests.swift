import Adversarial
import Neural
import Optimizers
import TestSupport
import Testing
import Torch
import Training

/// Steps in double precision: what processes share differs from one process by the order of sums alone.
///
/// Somewhere a sum over pictures is made in single precision, so the weights agree to 6e-8 and not to 1e-12.
@Suite(.enabled(if: ProcessGroup.isBuilt, "built without Gloo"), .serialized)
struct SharedStepTests {
    /// The weights after so many steps on a batch of 8 pictures, or on a process's share of it.
    private static func weights(
        _ norm: DCGAN.Norm,
        _ loss: AdversarialLoss,
        steps: Int = 20,
        on group: ProcessGroup? = nil
    ) -> [Double] {
        var settings = DCGAN.Settings()
        settings.latent = 4
        settings.generator.widths = [4, 3, 2]
        settings.discriminator.widths = [3, 4]
        settings.discriminator.norm = norm
        settings.discriminator.outputs = loss == .meanDiscrepancy ? 3 : 1
        let subject = Subject(height: 8, width: 8, channels: 1)
        let source = RandomSource(seed: 1)
        let generator = DCGANGenerator(settings, for: subject, using: source)
        let discriminator = DCGANDiscriminator(
            settings,
            for: subject,
            using: NetworkStreams(weights: source, chance: RandomSource(seed: 2))
        )
        generator.convert(to: .float64)
        discriminator.convert(to: .float64)
        let rule = Adam(learningRate: 0.01, beta1: 0.5)
        let step = AdversarialStep(
            generator: generator,
            discriminator: discriminator,
            generatorOptimizers: [Optimizer(rule, for: generator)],
            discriminatorOptimizer: Optimizer(rule, for: discriminator),
            latents: LatentSource(size: 4, distribution: .normal, using: RandomSource(seed: 3)),
            objective: Objective(loss: loss)
        )
        let numbers = RandomSource(seed: 4)
        let count = 8 / (group?.count ?? 1)
        ProcessGroup.$current.withValue(group) {
            for _ in 0..<steps {
                let real = Tensor.uniform(
                    [count, 1, 8, 8],
                    from: -1,
                    dtype: .float64,
                    using: numbers
                )
                let noise = Tensor.normal([count, 4], dtype: .float64, using: numbers)
                _ = step.simultaneous((real, nil), noise: noise)
            }
        }
        return (generator.state() + discriminator.state()).flatMap { $0.tensor.doubles() }
    }

    @Test(arguments: [DCGAN.Norm.none, .batch, .spectral], [2, 4])
    func processesTakeTheStepsOfOne(_ norm: DCGAN.Norm, _ count: Int) throws {
        let whole = Self.weights(norm, .binaryCrossEntropy)
        let shared = try asProcesses(count) { group in
            let found = Self.weights(norm, .binaryCrossEntropy, on: group)
            try group.check()
            return found
        }
        for weights in shared {
            #expect(weights == shared[0])
            #expect(mismatch(weights, whole, tolerance: 1e-7) == nil)
        }
    }

    @Test(arguments: AdversarialLoss.registry.all)
    func everyLossIsShared(_ loss: AdversarialLoss) throws {
        let whole = Self.weights(.none, loss, steps: 3)
        let shared = try asProcesses(2) { group in
            Self.weights(.none, loss, steps: 3, on: group)
        }
        for weights in shared { #expect(mismatch(weights, whole, tolerance: 1e-7) == nil) }
    }
}
