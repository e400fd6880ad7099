import Adversarial
import Midjourney
import Neural
import Optimizers
import Runs
import TestSupport
import Testing
import Torch
import Training

/// One step of networks that translate pictures.
@Suite struct TranslationStepTests {
    /// Networks of a recipe with everything that trains them.
    private struct AdversarialNetworks {
        let generator: TranslationGenerator
        let judges: TranslationJudges
        let optimizers: (generator: Optimizer, judges: Optimizer)
        let step: TranslationStep

        /// Small networks.
        init(
            _ changes: [String],
            rate: Double,
            prepare: (String, Module) -> Void = { _, _ in }
        ) throws {
            let recipe = try Recipe(
                parsing: TranslationRecipe.text,
                source: "test",
                overrides: changes,
                catalog: .midjourney
            )
            let settings = try TranslationRecipe.settings(of: recipe)
            let spec = ImageSpec(recipe, labels: 0)
            let streams = NetworkStreams(
                weights: RandomSource(seed: 4),
                chance: RandomSource(seed: 5)
            )
            generator = TranslationGenerator(settings, for: spec, using: streams)
            judges = TranslationJudges(settings, for: spec, using: streams)
            prepare("generator", generator)
            prepare("judge", judges)
            let rule = Adam(learningRate: rate, beta1: 0.5, beta2: 0.999)
            optimizers = (Optimizer(rule, for: generator), Optimizer(rule, for: judges))
            let pool = settings.mode == .cycle ? settings.pool : 0
            step = TranslationStep(
                generator: generator,
                judges: judges,
                generatorOptimizer: optimizers.generator,
                judgeOptimizer: optimizers.judges,
                pools: (
                    PicturePool(size: pool, for: spec), PicturePool(size: pool, for: spec)
                ),
                objective: recipe.objective,
                chance: RandomSource(seed: 6)
            )
        }
    }

    private static let cycle = [
        "model.mode=cycle", "model.network=residual", "model.blocks=1", "data.pairs.matched=false",
        "objective={loss: least-squares, generator-weight: 2}", "model.judge.weight=1",
    ]

    /// Losses of two steps, and where all weights are then, as PyTorch finds them.
    @Test(arguments: [("paired", []), ("cycle", TranslationStepTests.cycle)])
    func stepsEqualThePapers(_ name: String, _ changes: [String]) throws {
        let found = try FixtureCase.named(name, in: "translation")
        let size = ["data.size=[16, 16]", "model.levels=3", "model.width=2"]
        let judge = ["model.judge.width=2", "model.judge.layers=2"]
        let players = try AdversarialNetworks(size + judge + changes, rate: 2e-4) { part, module in
            for (parameterName, parameter) in module.members.parameters {
                parameter.wrappedValue = NamedNumbers.tensor(
                    "\(name)/\(part)/\(parameterName)",
                    parameter.wrappedValue.shape,
                    scale: 0.3,
                    shift: 0
                ).converted(to: .float64)
            }
        }
        let before = players.generator.parameters[0].wrappedValue.copied()
        for number in 0..<2 {
            let examples = NamedNumbers.tensor(
                "\(name)/\(number)/pictures",
                found.integers("shape"),
                scale: 1,
                shift: 0
            ).converted(to: .float64)
            let figures = players.step.take(examples, images: number)
            let losses = [figures.generatorLoss, figures.discriminatorLoss]
            for (loss, part) in zip(losses, ["generator", "judge"]) {
                let expected = found.tensor("loss/\(part)/\(number)").item()
                #expect(abs(loss - expected) < 1e-4 * abs(expected), "\(part) \(number)")
            }
        }
        var compared = 0
        for (part, module) in [
            ("generator", players.generator as Module), ("judge", players.judges),
        ] {
            for (parameterName, parameter) in module.members.parameters {
                // Far below a step's length of 2e-4.
                let difference = mismatch(
                    parameter.wrappedValue,
                    found.tensor("weights/\(part)/\(parameterName)"),
                    tolerance: 1e-8,
                    parameterName
                )
                #expect(difference == nil)
                compared += 1
            }
        }
        #expect(compared == found.tensorNames.filter { $0.hasPrefix("weights/") }.count)
        let moved = (players.generator.parameters[0].wrappedValue - before).absolute().max().item()
        #expect(moved > 1e-4)
    }

    /// Blobs of chance, and what is to become of them: the same in other colours.
    private func examples(_ count: Int) -> Tensor {
        let source = RandomSource(seed: 9)
        let coarse = Tensor.uniform([count, 3, 4, 4], from: -0.9, to: 0.9, using: source)
        let pictures = coarse.resampled(size: [16, 16], .bilinear)
        let parts = pictures.split([1, 1, 1], along: 1)
        let others = Tensor.concatenated([-parts[1], parts[2], -parts[0]], along: 1)
        return Tensor.concatenated([pictures, others], along: 2)
    }

    /// A few pictures are learned by heart, in either way.
    @Test(arguments: [("absolute", []), ("cycle", TranslationStepTests.cycle)])
    func aBatchIsLearned(_ figure: String, _ changes: [String]) throws {
        let size = [
            "data.size=[16, 16]", "model.levels=3", "model.width=12", "model.judge.width=4",
            "model.judge.layers=1",
        ]
        let players = try AdversarialNetworks(size + changes, rate: 4e-3)
        let examples = examples(2)
        func mark() throws -> Double {
            let marks = withoutGradients { players.generator.validationMetrics((examples, nil)) }
            return try #require(marks.first { $0.name == "Evaluation/\(figure)" }).value
        }
        let before = try mark()
        for images in 0..<120 { _ = players.step.take(examples, images: 2 * images) }
        let after = try mark()
        #expect(before > 0.2 && after < before / 4, "\(before) → \(after)")
    }
}
