import Adversarial
import Autoregressive
import Foundation
import Midjourney
import Neural
import Optimizers
import Runs
import Torch

/// A pixel model alone, which learns the exact likelihood of pictures.
final class PixelLesson: Lesson {
    let artist: Artist
    private let model: PixelModel
    private let optimizer: Optimizer
    private let recipe: Recipe
    private let chance: RandomSource
    private let subject: Subject

    /// A lesson of a recipe whose family is a pixel model.
    init(_ recipe: Recipe, subject: Subject, device: Device) {
        (self.recipe, self.subject) = (recipe, subject)
        chance = RandomSource(seed: recipe.seed, purpose: "generator")
        let generator = RecipeNetworks.pixels(recipe, subject, using: chance)
        generator.move(to: device)
        model = generator.model
        artist = Artist(recipe, subject: subject, generator: generator)
        optimizer = Players.optimizer(recipe.optimizers.generator, generator.members.parameters)
    }

    var kept: KeptParts {
        KeptParts(
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
            let short = ShortArithmetic(precision, on: batch.pictures.device.kind)
            let bits = short {
                model.bitsPerDimension(
                    of: batch.pictures,
                    PixelCondition(classes: subject.labels > 0 ? batch.labels : nil)
                )
            }.mean()
            let found = gradients(of: bits * (log(2) / Double(real.count)), for: optimizer.weights)
            total = total.isEmpty ? found : withoutGradients { zip(total, found).map { $0 + $1 } }
            sum = sum.map { $0 + bits.detached() } ?? bits.detached()
        }
        optimizer.step(total)
        let bits = (sum?.item() ?? .nan) / Double(real.count)
        return StepFigures([("Loss/G/loss", bits * log(2)), ("Loss/R/bits", bits)])
    }

    func judged(on exam: Exam) -> Judgement {
        let bits = artist.withBestGenerator { _ in
            model.bits(on: exam, hasLabels: subject.labels > 0)
        }
        return Judgement(figures: [
            Recipe.Figure.bits.rawValue: bits, Recipe.Figure.testLoss.rawValue: bits * log(2),
        ])
    }
}

extension PixelModel {
    /// Bits of each number of held-out pictures, without any draft, on average.
    func bits(on exam: Exam, hasLabels: Bool) -> Double {
        var sum = 0.0
        evaluating {
            for real in exam.batches {
                let condition = PixelCondition(classes: hasLabels ? real.labels : nil)
                sum += bitsPerDimension(of: real.pictures, condition).sum().item()
            }
        }
        return exam.count > 0 ? sum / Double(exam.count) : .nan
    }
}
