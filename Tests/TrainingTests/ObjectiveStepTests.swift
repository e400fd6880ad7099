import Adversarial
import Neural
import Optimizers
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Steps with every part that a recipe can name.
@Suite struct ObjectiveStepTests {
    /// Both networks of a recipe with what trains them.
    private struct Toy {
        let generator: any Generator
        let discriminator: any Discriminator
        let objective: Objective
        let step: AdversarialStep
        let real: LabelledPictures

        init(
            _ overrides: [String],
            batch: Int = 8,
            rate: any UpdateRule = Adam(learningRate: 1e-3)
        ) throws {
            let recipe = try Recipe(
                parsing: """
                    name: toy
                    data: {set: toy, size: [8, 8], channels: 3}
                    model: {family: dcgan}
                    optimizers:
                      generator: {learning-rate: 1e-4}
                      discriminator: {learning-rate: 1e-4}
                    training: {epochs: 1, batch: 8}
                    """,
                source: "toy",
                overrides: overrides,
                catalog: .adversarial
            )
            let spec = ImageSpec(recipe, labels: recipe.model.conditional ? 3 : 0)
            let family = try #require(ModelFamily.registry[recipe.model.family])
            let chance = RandomSource(seed: 2)
            let streams = NetworkStreams(weights: RandomSource(seed: 1), chance: chance)
            generator = family.generator(recipe.model.settings, for: spec, using: streams)
            discriminator = family.discriminator(
                recipe.model.settings,
                for: spec,
                using: streams
            )
            objective = try Objective(
                recipe.objective,
                judging: discriminator,
                spec: spec,
                using: streams
            )
            step = AdversarialStep(
                generator: generator,
                discriminator: discriminator,
                generatorOptimizers: [Optimizer(rate, for: generator)],
                discriminatorOptimizer: Optimizer(
                    rate,
                    for: discriminator.members.parameters + objective.parameters
                ),
                latents: LatentSource(
                    size: generator.latentSize,
                    distribution: .normal,
                    using: RandomSource(seed: 3)
                ),
                objective: objective,
                precision: recipe.training.precision == .bfloat16 ? .bfloat16 : nil
            )
            let source = RandomSource(seed: 4)
            real = (
                .uniform([batch, 3, 8, 8], from: -1, to: 1, using: source),
                spec.randomLabels(batch, device: .cpu, using: source)
            )
        }

        var weights: [[Double]] {
            (generator.parameters + discriminator.parameters
                + objective.parameters.map(\.parameter)).map { $0.wrappedValue.doubles() }
        }
    }

    static let small = [
        "model={family: dcgan, latent: 4, generator: {widths: [6, 4], keeps-first: false}, "
            + "discriminator: {widths: [6, 8], dropout: 0}}"
    ]

    static let style =
        "model={family: stylegan2, latent: 4, style: 4, mapping-layers: 2, channel-base: 32, "
        + "channel-max: 4, group: 4}"

    /// A generator that counts its best drawings alone moves along these; one that counts all moves otherwise.
    @Test func onlyTheBestDrawingsCount() throws {
        func moved(_ change: String) throws -> [Double] {
            let toy = try Toy(Self.small + [change], rate: SGD(learningRate: 0.1))
            let noise = Tensor.normal([8, 4], using: RandomSource(seed: 9))
            let figures = toy.step.simultaneous(toy.real, noise: noise, isShared: false)
            #expect(figures.isFinite)
            return toy.generator.parameters.flatMap { $0.wrappedValue.doubles() }
        }
        let all = try moved("objective.loss=hinge")
        #expect(try moved("objective={loss: hinge, top-share: 1}") == all)
        let half = try moved("objective={loss: hinge, top-share: 0.5}")
        #expect(zip(half, all).contains { abs($0 - $1) > 1e-6 })
        let objective = Objective(loss: .hinge, topShare: 0.5)
        let logits = Tensor([3, -1, 2, 5] as [Float])
        #expect(objective.counted(logits, images: 0).doubles().sorted() == [3, 5])
        #expect(Objective(loss: .hinge).counted(logits, images: 0).doubles() == [3, -1, 2, 5])
        #expect(throws: RecipeError.self) {
            try Toy(["objective={loss: relativistic, top-share: 0.5}"])
        }
    }

    /// One look at the drawings for both players, or one each: the same steps.
    @Test(arguments: ["hinge", "relativistic"]) func oneLookServesBoth(_ loss: String) throws {
        let recipe =
            Self.small + [
                "objective={loss: \(loss), tasks: {classification: {}, restoration: {}}}",
                "model.conditional=true",
            ]
        let weights = try [true, false].map { isShared in
            let toy = try Toy(recipe, rate: SGD(learningRate: 0.1))
            let noise = Tensor.normal([8, 4], using: RandomSource(seed: 9))
            for _ in 0..<3 {
                _ = toy.step.simultaneous(toy.real, noise: noise, isShared: isShared)
            }
            return toy.weights.flatMap { $0 }
        }
        let furthest = zip(weights[0], weights[1]).map { abs($0 - $1) }.max() ?? 1
        #expect(furthest < 1e-5, "\(furthest)")
    }

    @Test(
        arguments: [
            small + ["objective.regularisers={gradient-penalty: {}, drift: {}}"],
            small + ["objective={loss: wasserstein, regularisers: {clipping: {}}}"],
            small + [
                "model.conditional=true", "training.precision=bfloat16",
                "objective={tasks: {classification: {}}, regularisers: {adversarial: {kind: pgd}}}",
            ],
            small + ["objective={loss: relativistic, regularisers: {r1: {}, r2: {}}}"],
            small + ["objective={loss: hinge, regularisers: {lecam: {}, feature-matching: {}}}"],
            small + [
                "objective={loss: saturating, regularisers: {consistency: {fake-weight: 10}}, "
                    + "augmentations: {diff-augment: {}}}"
            ],
            small + [
                "model.discriminator.outputs=4",
                "objective={loss: mmd, regularisers: {gradient-penalty: {weight: 1}}}",
            ],
            small + [
                "objective={tasks: {rotation: {}, restoration: {width: 4}}, balance: gradients}"
            ],
            small + [
                "model.conditional=true",
                "objective={tasks: {classification: {}}, task-ramp-images: 1000}",
            ],
            small + [
                "objective={regularisers: {r1: {}}, augmentations: {ada: {target: 0, "
                    + "probability: 0.5, cutout: true}, instance-noise: {}, attention-crop: {}}}"
            ],
            small + [
                "model.conditional=true",
                "objective={tasks: {classification: {}}, regularisers: {r1: {}}, augmentations: "
                    + "{apa: {target: 0.01, speed-images: 4, interval: 1}, diff-augment: {}}}",
            ],
            [style, "objective={regularisers: {r1: {}, path-length: {interval: 1}}}"],
        ]
    )
    func everyPartTakesPart(_ overrides: [String]) throws {
        for mode in ["alternating", "simultaneous"] {
            let toy = try Toy(overrides + ["objective.step=\(mode)"])
            toy.step.images = 500
            let before = toy.weights
            for _ in 0..<3 {
                let figures =
                    mode == "alternating"
                    ? toy.step.alternating([toy.real]) : toy.step.simultaneous(toy.real)
                #expect(figures.isFinite, "\(figures)")
            }
            let moved = zip(before, toy.weights).count { $0 != $1 }
            // A style layer's noise of one channel may rest.
            #expect(moved >= before.count - 2, "\(moved) of \(before.count)")
        }
    }

    @Test func partsAreInTheFigures() throws {
        let toy = try Toy(
            Self.small + [
                "model.conditional=true",
                "objective={tasks: {classification: {}, restoration: {width: 4}}, balance: gradients, "
                    + "regularisers: {r1: {}}, augmentations: {ada: {}}, step: alternating}",
            ]
        )
        let names = Set(toy.step.alternating([toy.real]).values.keys)
        for name in [
            "Loss/D/classification", "Loss/D/classification_accuracy", "Loss/G/classification",
            "Loss/G/classification_class_entropy", "Loss/D/restoration",
            "Loss/D/restoration_hidden_error", "Loss/D/r1", "Progress/augment/ada_p",
            "Progress/augment/ada_r_t", "Loss/balance/restoration",
        ] {
            #expect(names.contains(name), "\(name) is not in \(names.sorted())")
        }
    }

    /// Two batches taken together are one of twice the size, where pictures are judged alone.
    @Test func gradientsAddUp() throws {
        let model = [
            "model={family: r3gan, latent: 4, widths: [6, 4], groups: [3, 2], blocks: [1, 1]}",
            "objective={step: alternating, loss: hinge, regularisers: {r1: {weight: 2}}}",
        ]
        let sgd = SGD(learningRate: 0.1)
        let whole = try Toy(model, rate: sgd)
        let parts = try Toy(model, rate: sgd)
        parts.step.accumulation = 2
        for toy in [whole, parts] {
            for network in [toy.generator as Module, toy.discriminator] {
                let source = RandomSource(seed: 21)
                for parameter in network.parameters {
                    let shape = parameter.wrappedValue.shape
                    parameter.wrappedValue = Tensor.normal(
                        shape,
                        deviation: 0.3,
                        using: source
                    )
                }
            }
        }
        let halves = [0..<4, 4..<8].map {
            (pictures: whole.real.pictures.sliced($0, along: 0), labels: nil as Tensor?)
        }
        // Latents of two halves are those of the whole: as many numbers, in the same order.
        let first = whole.step.alternating([whole.real])
        let second = parts.step.alternating(halves)
        #expect(abs(first.discriminatorLoss - second.discriminatorLoss) < 1e-5)
        #expect(first.generatorLoss.isFinite)
        #expect(
            mismatch(whole.weights.flatMap { $0 }, parts.weights.flatMap { $0 }, tolerance: 1e-5)
                == nil
        )
        #expect(parts.step.discriminatorSteps == 1)
    }

    /// A generator can reproduce a batch, and a discriminator can tell it from another.
    @Test(
        arguments: [
            small[0],
            "model={family: mlp, latent: 4, generator-widths: [32], discriminator-widths: [16]}",
            "model={family: resnet, latent: 4, generator-widths: [8, 8], "
                + "discriminator-widths: [8, 8], halvings: 1}",
            "model={family: progan, latent: 4, widths: [8, 8], stable-images: 0, fade-images: 1}",
            style,
            "model={family: r3gan, latent: 4, widths: [8, 8], groups: [2, 2], blocks: [1, 1]}",
        ]
    )
    func everyFamilyLearnsOneBatchByHeart(_ model: String) throws {
        let toy = try Toy([model, "objective.step=alternating"], batch: 4)
        for case let network as any Growing in [toy.generator as Module, toy.discriminator] {
            network.growth = network.growth(at: 100)
        }
        let latents = Tensor.normal([4, 4], using: RandomSource(seed: 5))
        // Smooth pictures, so that any network has a chance.
        let wanted = toy.real.pictures.averagePooled(window: [4, 4], stride: [4, 4])
            .resampled(size: [8, 8], .bilinear)
        let drawing = Optimizer(Adam(learningRate: 1e-2), for: toy.generator)
        let judging = Optimizer(Adam(learningRate: 1e-2), for: toy.discriminator)
        var errors: [Double] = []
        var losses: [Double] = []
        let other = Tensor.uniform([4, 3, 8, 8], from: -1, to: 1, using: RandomSource(seed: 6))
        for _ in 0..<300 {
            let error = (toy.generator(latents, labels: nil) - wanted).squared().mean()
            drawing.step(gradients(of: error, for: drawing.weights, allowsUnused: true))
            errors.append(error.item())
            let loss = AdversarialLoss.binaryCrossEntropy.discriminator(
                real: toy.discriminator(toy.real.pictures, labels: nil),
                fake: toy.discriminator(other, labels: nil)
            )
            judging.step(gradients(of: loss, for: judging.weights, allowsUnused: true))
            losses.append(loss.item())
        }
        #expect(errors[0] > 0.02)
        let last = errors.suffix(10).min() ?? 1
        #expect(last < errors[0] / 5, "\(errors[0]) to \(last)")
        #expect(losses.suffix(10).min() ?? 1 < 0.1, "\(losses[0]) to \(losses[299])")
    }
}
