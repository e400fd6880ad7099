import Adversarial
import Neural
import Optimizers
import TestSupport
import Testing
import Torch
import Training

@Suite struct AdversarialStepTests {
    /// Two players in double precision, always the same.
    private struct Toy {
        let generator: DCGANGenerator
        let discriminator: DCGANDiscriminator
        let step: AdversarialStep
        let real: AdversarialStep.Pictures

        init(_ loss: AdversarialLoss, bias: Double = 0, dtype: DType = .float64) throws {
            var settings = DCGAN.Settings()
            settings.latent = 4
            settings.generator.widths = [4, 3, 2]
            settings.discriminator.widths = [3, 4]
            settings.discriminator.outputs = loss == .meanDiscrepancy ? 3 : 1
            let spec = ImageSpec(height: 8, width: 8, channels: 1)
            let source = RandomSource(seed: 1)
            generator = DCGANGenerator(settings, for: spec, using: source)
            discriminator = DCGANDiscriminator(
                settings,
                for: spec,
                using: NetworkStreams(weights: source, chance: RandomSource(seed: 2))
            )
            generator.convert(to: dtype)
            discriminator.convert(to: dtype)
            var state = Dictionary(
                uniqueKeysWithValues: discriminator.state().map { ($0.name, $0.tensor) }
            )
            if bias != 0 { state["dense.bias"] = Tensor([bias] as [Double]).converted(to: dtype) }
            try discriminator.load(state: state)
            let rate = SGD(learningRate: 0.1)
            step = AdversarialStep(
                generator: generator,
                discriminator: discriminator,
                generatorOptimizers: [Optimizer(rate, for: generator)],
                discriminatorOptimizer: Optimizer(rate, for: discriminator),
                latents: LatentSource(
                    size: 4,
                    distribution: .normal,
                    using: RandomSource(seed: 3)
                ),
                objective: Objective(loss: loss)
            )
            real = (
                .uniform([6, 1, 8, 8], from: -1, to: 1, dtype: dtype, using: source), nil
            )
        }

        var noise: Tensor { .normal([6, 4], dtype: .float64, using: RandomSource(seed: 4)) }

        var weights: [Double] {
            (generator.state() + discriminator.state()).flatMap { $0.tensor.doubles() }
        }
    }

    /// The last case leaves e^(−a) so large that the guard makes the second pass.
    @Test(arguments: [0.0, -8, 5, -40])
    func sharedBackwardPassIsThatOfTwo(_ bias: Double) throws {
        let shared = try Toy(.binaryCrossEntropy, bias: bias)
        let separate = try Toy(.binaryCrossEntropy, bias: bias)
        let before = shared.weights
        let first = shared.step.simultaneous(shared.real, noise: shared.noise)
        let second = separate.step.simultaneous(
            separate.real,
            noise: separate.noise,
            isShared: false
        )
        #expect(first == second)
        #expect(before != shared.weights)
        #expect(mismatch(shared.weights, separate.weights, tolerance: 1e-12) == nil)
    }

    /// From where they were, along what they would do after a step.
    @Test func aLookAheadChangesOnlyWhereGradientsAreTaken() throws {
        let looking = try Toy(.binaryCrossEntropy, dtype: .float32)
        let plain = try Toy(.binaryCrossEntropy, dtype: .float32)
        func weights(_ toy: Toy) -> [Double] {
            (toy.generator.parameters + toy.discriminator.parameters).flatMap {
                $0.wrappedValue.doubles()
            }
        }
        let start = weights(plain)
        _ = plain.step.simultaneous(plain.real)
        let once = weights(plain)
        _ = plain.step.simultaneous(plain.real)
        let wanted = zip(start, zip(once, weights(plain))).map { $0 + $1.1 - $1.0 }
        _ = looking.step.extragradient(looking.real, then: looking.real)
        #expect(mismatch(weights(looking), wanted, tolerance: 1e-5) == nil)
        #expect(mismatch(weights(looking), once, tolerance: 1e-4) != nil)
    }

    @Test(arguments: AdversarialLoss.registry.all)
    func everyLossMovesBothPlayers(_ loss: AdversarialLoss) throws {
        let toy = try Toy(loss)
        let before = (toy.generator.parameters + toy.discriminator.parameters).map {
            $0.wrappedValue.doubles()
        }
        _ = toy.step.simultaneous(toy.real, noise: toy.noise)
        let after = (toy.generator.parameters + toy.discriminator.parameters).map {
            $0.wrappedValue.doubles()
        }
        // The last transposed convolution and every weight of the discriminator must move.
        #expect(zip(before, after).filter { $0 != $1 }.count >= before.count - 1)
    }

    @Test func alternatingStepTakesEveryBatchOnce() throws {
        let toy = try Toy(.hinge, dtype: .float32)
        let figures = toy.step.alternating([toy.real, toy.real, toy.real])
        #expect(figures.isFinite)
        #expect(toy.step.discriminatorSteps == 3)
        #expect(toy.step.generatorSteps == 1)
    }

    @Test func figuresTellWhatIsNotFinite() {
        let nan = Tensor([Double.nan] as [Double], shape: [])
        let one = Tensor.ones([], dtype: .float64)
        let figures = StepFigures(
            generatorLoss: nan,
            discriminatorLoss: one,
            real: one.reshaped([1]),
            fake: one.reshaped([1])
        )
        #expect(!figures.isFinite)
    }
}
