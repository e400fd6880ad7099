import Adversarial
import Neural
import Optimizers
import Runs
import Torch

/// One step of a recipe on made-up pictures, to be taken again and again.
final class Workload {
    private let players: Players
    private let step: AdversarialStep
    private let pictures: Tensor
    private let labels: Tensor?
    private let sampler: (any Sampler)?
    private let device: Device
    private let batch: Int
    private let isAlternating: Bool
    private let critics: Int

    /// Networks and a batch as the recipe has them; with `isSampling` the step draws only.
    ///
    /// - Throws: `TorchError` when the recipe's device is not there.
    init(_ recipe: Recipe, isSampling: Bool) throws {
        device = try Device(recipe.device.rawValue)
        batch = recipe.training.batch
        let kept = recipe.start?.keepsClasses == true ? 10 : 0
        players = try Players(
            recipe,
            subject: Subject(recipe, labels: recipe.model.conditional ? kept + 10 : 0),
            device: device,
            keptClasses: kept
        )
        let source = RandomSource(seed: recipe.seed, purpose: "benchmark")
        pictures = Tensor.uniform(
            [batch, recipe.data.height, recipe.data.width, recipe.data.channels],
            from: -1,
            to: 1,
            device: device,
            using: source
        ).permuted([0, 3, 1, 2])
        labels =
            recipe.model.conditional ? Tensor.integers([batch], below: 10, using: source) : nil
        let precision = RecipeNetworks.precision(recipe.training.precision)
        step = AdversarialStep(players, precision: precision)
        step.images = 1_000_000_000
        isAlternating = recipe.objective.step == .alternating
        critics = recipe.objective.criticUpdates
        for case let network as any Growing in [players.generator as Module, players.discriminator]
        {
            network.growth = network.growth(at: step.images)
        }
        players.generator.setTraining(!isSampling)
        sampler = isSampling ? players.generator.sampler(dtype: precision ?? .float32) : nil
    }

    /// Real pictures that a step takes.
    var picturesPerStep: Int { isAlternating ? batch * critics : batch }

    /// Numbers that each player learns.
    var parameters: (generator: Int, discriminator: Int) {
        let count = { (optimizer: Optimizer) in
            optimizer.weights.reduce(0) { $0 + $1.count }
        }
        return (count(players.generatorOptimizer), count(players.discriminatorOptimizer))
    }

    /// Takes one step and waits until it is done.
    func take() {
        if let sampler {
            inInferenceMode {
                _ = sampler(players.latents.latents(batch, device: device), labels: labels)
            }
        } else {
            let real = (0..<critics).map { _ -> AdversarialStep.Pictures in
                players.teacher?.extended((pictures, labels), using: players.chance)
                    ?? (pictures, labels)
            }
            _ = isAlternating ? step.alternating(real) : step.simultaneous(real[0])
        }
        device.synchronize()
    }

    /// Seconds of so many steps, the shortest first, after some that are not timed.
    func seconds(steps: Int, warmUp: Int) -> [Double] {
        for _ in 0..<warmUp { take() }
        let clock = ContinuousClock()
        return (0..<steps).map { _ in clock.measure(take) / .seconds(1) }.sorted()
    }
}
