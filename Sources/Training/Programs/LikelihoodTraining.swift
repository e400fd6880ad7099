import Adversarial
import Checks
import Foundation
import Midjourney
import Neural
import Optimizers
import Runs
import Torch

/// A model alone, which learns the exact likelihood of pictures.
final class LikelihoodTraining: TrainingProgram {
    let artist: AveragedGenerator
    private let model: any LikelyGenerator
    private let optimizer: Optimizer
    private let recipe: Recipe
    private let chance: RandomSource
    private let spec: ImageSpec

    /// A program of a recipe whose family is a pixel model.
    init(_ recipe: Recipe, spec: ImageSpec, device: Device) {
        (self.recipe, self.spec) = (recipe, spec)
        chance = RandomSource(seed: recipe.seed, purpose: "generator")
        let generator = ModelFamily.family(of: recipe).generator(
            recipe.model.settings,
            for: spec,
            from: recipe.model.distribution,
            using: NetworkStreams(weights: chance, chance: chance)
        )
        generator.move(to: device)
        guard let model = generator.likely else {
            preconditionFailure("'\(recipe.model.family)' tells no likelihood of pictures")
        }
        self.model = model
        artist = AveragedGenerator(recipe, spec: spec, generator: generator)
        optimizer = AdversarialNetworks.optimizer(
            recipe.optimizers.generator,
            generator.members.parameters,
            of: generator
        )
    }

    var kept: CheckpointContents {
        CheckpointContents(
            modules: [("generator", artist.generator)],
            optimizers: [("generator", optimizer, recipe.optimizers.generator)],
            averages: artist.averages,
            sources: ["generator-chance": chance]
        )
    }

    var watched: [(name: String, module: Module)] { [("G", artist.generator)] }

    var batchesPerStep: Int { recipe.training.accumulate }

    func step(_ real: [LabelledPictures], images: Int) -> StepFigures {
        let precision = RecipeNetworks.precision(recipe.training.precision)
        var total: [Tensor] = []
        var sum: Tensor?
        for batch in real {
            let autocast = Autocast(precision, on: batch.pictures.device.kind)
            let bits = autocast {
                model.bits(of: batch.pictures, labels: spec.labels > 0 ? batch.labels : nil)
            }.mean()
            let found = gradients(of: bits * (log(2) / Double(real.count)), for: optimizer.weights)
            total = total.isEmpty ? found : withoutGradients { zip(total, found).map { $0 + $1 } }
            sum = sum.map { $0 + bits.detached() } ?? bits.detached()
        }
        optimizer.step(total)
        let bits = (sum?.item() ?? .nan) / Double(real.count)
        return StepFigures([("Loss/G/loss", bits * log(2)), ("Loss/R/bits", bits)])
    }

    func judged(on batches: HeldOutBatches) -> EvaluationResult {
        var figures = artist.withBestGenerator { batches.validationMetrics(of: $0) }
        figures[Recipe.Figure.testLoss.rawValue] = figures[Recipe.Figure.bits.rawValue].map {
            $0 * log(2)
        }
        return EvaluationResult(figures: figures)
    }
}
