import Adversarial
import Neural
import Optimizers
import TestSupport
import Testing
import Torch
import Training

/// Steps in double precision: what processes share differs from one process by the order of sums alone.
@Suite(.enabled(if: ProcessGroup.isBuilt, "built without Gloo"), .serialized)
struct SharedStepTests {
    /// The weights after so many steps on a batch of 8 pictures, or on a process's share of it.
    private static func weights(
        _ norm: DCGAN.Norm,
        _ loss: AdversarialLoss,
        steps: Int = 20,
        rule: any UpdateRule = SGD(learningRate: 0.1, momentum: 0.5),
        on group: ProcessGroup? = nil
    ) -> [(name: String, values: [Double])] {
        var settings = DCGAN.Settings()
        settings.latent = 4
        settings.generator.widths = [4, 3, 2]
        settings.discriminator.widths = [3, 4]
        settings.discriminator.norm = norm
        settings.discriminator.outputs = loss == .meanDiscrepancy ? 3 : 1
        let spec = ImageSpec(height: 8, width: 8, channels: 1)
        let source = RandomSource(seed: 1)
        let generator = DCGANGenerator(settings, for: spec, using: source)
        let discriminator = DCGANDiscriminator(
            settings,
            for: spec,
            using: NetworkStreams(weights: source, chance: RandomSource(seed: 2))
        )
        generator.convert(to: .float64)
        discriminator.convert(to: .float64)
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
        return (generator.state() + discriminator.state()).map { ($0.name, $0.tensor.doubles()) }
    }

    /// Numbers that differ by more than so much, by the weight's name.
    private static func differences(
        _ one: [(name: String, values: [Double])],
        _ other: [(name: String, values: [Double])],
        tolerance: Double
    ) -> [String] {
        zip(one, other).compactMap { one, other in
            mismatch(one.values, other.values, tolerance: tolerance).map { "\(one.name): \($0)" }
        }
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
            #expect(Self.differences(weights, shared[0], tolerance: 0).isEmpty)
            #expect(Self.differences(weights, whole, tolerance: 1e-12).isEmpty)
        }
    }

    /// Adam divides by the length of a gradient: where there is none, before a batch norm, it steps along rounding.
    @Test func adamTakesTheStepsOfOneWhereThereIsASlope() throws {
        let rule = Adam(learningRate: 0.01, beta1: 0.5)
        let whole = Self.weights(.spectral, .binaryCrossEntropy, rule: rule)
        let shared = try asProcesses(2) { group in
            Self.weights(.spectral, .binaryCrossEntropy, rule: rule, on: group)
        }
        for weights in shared {
            let found = Self.differences(weights, whole, tolerance: 1e-12)
            #expect(found.allSatisfy { $0.contains("bias") }, "\(found)")
        }
    }

    @Test(arguments: AdversarialLoss.registry.all)
    func everyLossIsShared(_ loss: AdversarialLoss) throws {
        let whole = Self.weights(.none, loss, steps: 3)
        let shared = try asProcesses(2) { group in
            Self.weights(.none, loss, steps: 3, on: group)
        }
        for weights in shared {
            #expect(Self.differences(weights, whole, tolerance: 1e-12).isEmpty)
        }
    }
}
