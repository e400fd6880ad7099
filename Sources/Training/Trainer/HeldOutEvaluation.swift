import Datasets
import Runs
import Torch

/// The discriminator judged on pictures that it never trained on, and on fresh drawings.
struct HeldOutEvaluation {
    private let sitting: Sitting
    private let recipe: Recipe

    init(_ recipe: Recipe, _ sitting: Sitting) {
        self.recipe = recipe
        self.sitting = sitting
    }

    /// The discriminator's loss, and the share of pictures that it tells rightly: 0.5 when it
    /// cannot tell them apart.
    ///
    /// Drawings are as many as held-out pictures and come from a stream of their own, the same at
    /// every evaluation.
    func run() -> (loss: Double, accuracy: Double) {
        withoutGradients {
            sitting.players.discriminator.evaluating {
                sitting.players.withBestGenerator { generator in
                    judge { generator($0, labels: $1) }
                }
            }
        }
    }

    private func judge(_ draw: (Tensor, Tensor?) -> Tensor) -> (loss: Double, accuracy: Double) {
        let players = sitting.players
        let loss = players.objective.loss
        let latents = LatentSource(
            size: players.generator.latentSize,
            distribution: RecipeNetworks.distribution(recipe),
            using: RandomSource(seed: recipe.seed, purpose: "evaluation")
        )
        guard let heldOut = sitting.data.heldOut else { return (.nan, .nan) }
        let wanted = recipe.evaluation.samples
        let total = wanted == 0 ? heldOut.count : min(wanted, heldOut.count)
        var sum = 0.0
        var right = 0.0
        var start = 0
        while start < total {
            let count = min(recipe.evaluation.batch, total - start)
            var real = sitting.tensors(heldOut.batch(start..<start + count))
            // Classes of the data come after those that were known before.
            if let teacher = players.teacher {
                real.labels = real.labels.map { $0 + Double(teacher.classes) }
            }
            let noise = latents.latents(count, device: sitting.device)
            let realLogits = players.discriminator(real.pictures, labels: real.labels)
            let fakeLogits = players.discriminator(
                draw(noise, real.labels),
                labels: real.labels
            )
            // A last batch of one picture has nothing to be compared with.
            guard count > 1 || !loss.comparesWithReal else { break }
            sum += loss.discriminator(real: realLogits, fake: fakeLogits).item() * Double(count)
            let hits =
                realLogits.isGreater(than: 0).converted(to: .float32).mean()
                + (1 - fakeLogits.isGreater(than: 0).converted(to: .float32)).mean()
            right += hits.item() * Double(count)
            start += count
        }
        guard total > 0 else { return (.nan, .nan) }
        return (sum / Double(total), right / Double(2 * total))
    }
}
