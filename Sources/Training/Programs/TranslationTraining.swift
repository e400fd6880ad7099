import Adversarial
import Checks
import Midjourney
import Neural
import Optimizers
import Runs
import Settings
import Torch

/// Networks that translate pictures, and those that judge them.
final class TranslationTraining: TrainingProgram {
    let artist: AveragedGenerator
    private let game: TranslationStep
    private let recipe: Recipe
    private let dropout: RandomSource

    /// A program of a recipe that translates pictures.
    init(_ recipe: Recipe, spec: ImageSpec, device: Device) {
        self.recipe = recipe
        func stream(_ purpose: String) -> RandomSource {
            RandomSource(seed: recipe.seed, purpose: purpose)
        }
        dropout = stream("dropout")
        let family = ModelFamily.family(of: recipe)
        let drawing = family.generator(
            recipe.model.settings,
            for: spec,
            using: NetworkStreams(weights: stream("generator"), chance: dropout)
        )
        let judging = family.discriminator(
            recipe.model.settings,
            for: spec,
            using: NetworkStreams(weights: stream("discriminator"), chance: dropout)
        )
        guard let generator = drawing as? TranslationGenerator,
            let judges = judging as? TranslationJudges
        else { preconditionFailure("'\(recipe.model.family)' translates no pictures") }
        let size = generator.goesBack ? generator.settings.pool : 0
        let pools = (PicturePool(size: size, for: spec), PicturePool(size: size, for: spec))
        for module in [generator, judges, pools.0, pools.1] { module.move(to: device) }
        artist = AveragedGenerator(recipe, spec: spec, generator: generator)
        game = TranslationStep(
            generator: generator,
            judges: judges,
            generatorOptimizer: AdversarialNetworks.optimizer(
                recipe.optimizers.generator,
                generator.members.parameters,
                of: generator
            ),
            judgeOptimizer: AdversarialNetworks.optimizer(
                recipe.optimizers.discriminator,
                judges.members.parameters,
                of: judges
            ),
            pools: pools,
            objective: recipe.objective,
            chance: stream("objective"),
            precision: RecipeNetworks.precision(recipe.training.precision)
        )
    }

    var kept: CheckpointContents {
        var modules: [(name: String, module: Module)] = [
            ("generator", game.generator), ("discriminator", game.judges),
        ]
        if game.generator.goesBack {
            modules += [("pool.there", game.pools.there), ("pool.back", game.pools.back)]
        }
        return CheckpointContents(
            modules: modules,
            optimizers: [
                ("generator", game.generatorOptimizer, recipe.optimizers.generator),
                ("discriminator", game.judgeOptimizer, recipe.optimizers.discriminator),
            ],
            averages: artist.averages,
            sources: ["dropout": dropout, "objective": game.chance]
        )
    }

    var watched: [(name: String, module: Module)] {
        [("G", game.generator), ("D", game.judges)]
    }

    var batchesPerStep: Int { 1 }

    func step(_ real: [LabelledPictures], images: Int) -> StepFigures {
        game.take(real[0].pictures, images: images)
    }

    /// How near drawings are to what they should be; without pairs how near they come back.
    func monitor(images: Int) -> (figure: String, mode: Recipe.Mode)? {
        (game.generator.goesBack ? "Evaluation/cycle" : "Evaluation/absolute", .min)
    }

    /// Held-out pictures, and what becomes of them.
    func restorations(of real: LabelledPictures) -> [Tensor] {
        artist.withBestGenerator { _ in
            game.generator.shown(real.pictures).map { $0.clamped(from: -1, to: 1) }
        }
    }

    /// The generator's own figures; the first of them stands for the test loss.
    func judged(on batches: HeldOutBatches) -> EvaluationResult {
        var figures = artist.withBestGenerator { batches.validationMetrics(of: $0) }
        figures[Recipe.Figure.testLoss.rawValue] = monitor(images: 0).flatMap {
            figures[$0.figure]
        }
        return EvaluationResult(figures: figures)
    }
}
