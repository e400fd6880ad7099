import Adversarial
import Datasets
import Neural
import Optimizers
import Runs
import Torch
import Training

/// A small DCGAN on MNIST, to compare objectives by.
final class DigitsGame {
    let generator: any Generator
    let discriminator: any Discriminator
    let objective: Objective
    private let step: AdversarialStep

    /// Networks with first weights of that seed.
    ///
    /// - Parameters:
    ///   - seed: Key of all random numbers.
    ///   - added: What is added to cross-entropy, as in a recipe.
    ///   - isConditional: Whether the generator is told which digit to draw. The discriminator
    ///     never is: it learns labels by a task alone.
    /// - Throws: `RecipeError` for an objective that no recipe could have.
    init(seed: UInt64, objective added: String, isConditional: Bool) throws {
        let recipe = try Recipe(
            parsing: """
                name: digits
                data: {set: mnist, size: [28, 28], channels: 1}
                model:
                  family: dcgan
                  latent: 32
                  conditional: true
                  generator: {widths: [64, 32, 16], slope: 0.2, momentum: 0.9}
                  discriminator: {widths: [32, 64], slope: 0.2, dropout: 0.3, labels: ignored}
                objective: {step: alternating, \(added)}
                optimizers:
                  generator: {learning-rate: 1e-3}
                  discriminator: {learning-rate: 5e-4}
                training: {epochs: 1, batch: 128}
                """,
            source: "digits",
            catalog: .adversarial
        )
        let spec = ImageSpec(height: 28, width: 28, channels: 1, labels: 10)
        let drawn = isConditional ? spec : ImageSpec(height: 28, width: 28, channels: 1)
        let streams = NetworkStreams(
            weights: RandomSource(seed: seed, purpose: "weights"),
            chance: RandomSource(seed: seed, purpose: "chance")
        )
        guard let family = ModelFamily.registry[recipe.model.family] else {
            preconditionFailure("no family \(recipe.model.family)")
        }
        generator = family.generator(recipe.model.settings, for: drawn, using: streams)
        discriminator = family.discriminator(recipe.model.settings, for: spec, using: streams)
        objective = try Objective(
            recipe.objective,
            judging: discriminator,
            spec: spec,
            using: streams
        )
        step = AdversarialStep(
            generator: generator,
            discriminator: discriminator,
            generatorOptimizers: [
                Optimizer(Adam(learningRate: 1e-3, beta1: 0.5), for: generator)
            ],
            discriminatorOptimizer: Optimizer(
                Adam(learningRate: 5e-4, beta1: 0.5),
                for: discriminator.members.parameters + objective.parameters
            ),
            latents: LatentSource(
                size: generator.latentSize,
                distribution: .normal,
                using: RandomSource(seed: seed, purpose: "latents")
            ),
            objective: objective,
            source: RandomSource(seed: seed, purpose: "objective"),
            precision: Machine.hasBFloat16 ? .bfloat16 : nil
        )
    }

    /// Plays on so many batches of the training pictures.
    func train(steps: Int, seed: UInt64) throws {
        let cache = try DigitsClassifier.open(.train)
        let order = try BatchOrder(
            count: cache.count,
            batchSize: 128,
            sampling: .shuffled(Permutation(count: cache.count, seed: seed))
        )
        let loader = BatchLoader(cache: cache, order: order, layout: .channelsLast)
        var position = DataPosition()
        for _ in 0..<steps {
            let batch = loader.batch(at: position)
            _ = step.alternating([(batch.tensor(), Tensor(batch.labels))])
            step.images += 128
            position = batch.end
        }
        generator.setTraining(false)
        discriminator.setTraining(false)
    }

    /// Drawings, and the digits asked for.
    func drawings(_ count: Int, seed: UInt64) -> LabelledPictures {
        let source = RandomSource(seed: seed)
        let labels = Tensor((0..<count).map { $0 % 10 })
        let asked = generator.labelCount > 0 ? labels : nil
        return withoutGradients {
            let parts = stride(from: 0, to: count, by: 500).map { start in
                let latents = Tensor.normal([500, generator.latentSize], using: source)
                return generator(latents, labels: asked?.sliced(start..<start + 500, along: 0))
            }
            return (Tensor.concatenated(parts), labels)
        }
    }

    /// What the discriminator's turn on these pictures shows, without learning.
    func look(at real: LabelledPictures) -> DiscriminatorTurn {
        let fake = drawings(real.pictures.size(0), seed: 11)
        func seen(_ pictures: LabelledPictures) -> (Features, Tensor) {
            let features = discriminator.features(pictures.pictures, labels: nil)
            return (features, discriminator.logits(features, labels: nil))
        }
        let (realSeen, fakeSeen) = withoutGradients { (seen(real), seen(fake)) }
        return DiscriminatorTurn(
            discriminator: discriminator,
            loss: objective.loss,
            real: real,
            fake: fake,
            realFeatures: realSeen.0,
            fakeFeatures: fakeSeen.0,
            realLogits: realSeen.1,
            fakeLogits: fakeSeen.1,
            images: step.images,
            turn: 0,
            source: RandomSource(seed: 12),
            augmented: { $0 },
            autocast: Autocast(nil)
        )
    }
}
