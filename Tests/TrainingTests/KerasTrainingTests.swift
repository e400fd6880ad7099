import Adversarial
import Neural
import Optimizers
import TestSupport
import Testing
import Torch
import Training

@Suite struct KerasTrainingTests {
    /// Three steps of the seeds' program: losses and all weights against Keras' own.
    @Test func threeStepsAreThoseOfKeras() throws {
        let keras = try KerasNetworks("train")
        let adam = Adam.keras(learningRate: 1e-4)
        let step = AdversarialStep(
            generator: keras.generator,
            discriminator: keras.discriminator,
            generatorOptimizers: [Optimizer(adam, for: keras.generator)],
            discriminatorOptimizer: Optimizer(adam, for: keras.discriminator),
            latents: LatentSource(
                size: 8,
                distribution: .normal,
                using: RandomSource(seed: 1)
            ),
            objective: Objective(loss: .binaryCrossEntropy)
        )
        for number in 1...3 {
            let figures = step.simultaneous(
                (keras.fixture.tensor("images/\(number)", as: .float64), nil),
                noise: keras.fixture.tensor("noise/\(number)", as: .float64)
            )
            let expected = ["generator", "discriminator"].map {
                keras.fixture.tensor("loss/\(number)/\($0)").item()
            }
            #expect(
                mismatch(
                    [figures.generatorLoss, figures.discriminatorLoss],
                    expected,
                    tolerance: 1e-6,
                    "losses of step \(number)"
                ) == nil
            )
        }
        for (network, module) in [
            ("generator", keras.generator as Module), ("discriminator", keras.discriminator),
        ] {
            let expected = keras.expected(of: module, network) { fixture, name in
                fixture.tensor("after/3/\(network)/\(name)")
            }
            for (name, tensor) in module.state() where !name.hasSuffix("batchCount") {
                let other = try #require(expected[name])
                #expect(mismatch(tensor, other, tolerance: 2e-6, "\(network).\(name)") == nil)
            }
        }
    }
}
