import Adversarial
import Midjourney
import Neural
import Runs
import Torch

/// One step of a recipe on made-up pictures, to be taken again and again.
final class Workload {
    private let program: any TrainingProgram
    private let latents: LatentSource
    private let pictures: Tensor
    private let labels: Tensor?
    private let sampler: (any Sampler)?
    private let device: Device
    private let batch: Int

    /// Networks and a batch as the recipe has them; with `isSampling` the step draws only.
    ///
    /// - Throws: `TorchError` when the recipe's device is not there.
    init(_ recipe: Recipe, isSampling: Bool) throws {
        device = try Device(recipe.device.rawValue)
        batch = recipe.training.batch
        let kept = recipe.start?.keepsClasses == true ? 10 : 0
        program = try RecipeNetworks.program(
            recipe,
            spec: ImageSpec(
                recipe,
                labels: recipe.model.conditional ? kept + 10 : 0,
                kind: recipe.traits.texts == nil ? .classes : .captions
            ),
            device: device,
            keptClasses: kept
        )
        let source = RandomSource(seed: recipe.seed, purpose: "benchmark")
        pictures = Tensor.uniform(
            [batch, recipe.data.rows, recipe.data.width, recipe.data.channels],
            from: -1,
            to: 1,
            device: device,
            using: source
        ).permuted([0, 3, 1, 2])
        labels =
            recipe.model.conditional ? Workload.labels(recipe, batch, using: source) : nil
        let precision = RecipeNetworks.precision(recipe.training.precision)
        let generator = program.artist.generator
        latents = program.artist.latents(for: "latents")
        if isSampling, let growing = generator.growing {
            growing.growth = growing.growth(at: Workload.images)
        }
        generator.setTraining(!isSampling)
        sampler = isSampling ? generator.sampler(dtype: precision ?? .float32) : nil
    }

    /// Classes, with pieces of texts behind them where the recipe asks with texts.
    private static func labels(
        _ recipe: Recipe,
        _ count: Int,
        using source: RandomSource
    ) -> Tensor {
        let classes = Tensor.integers([count], below: 10, using: source)
        guard let texts = recipe.traits.texts else { return classes }
        let pieces = Tensor.integers([count, texts.length], below: texts.pieces, using: source)
        return Tensor.concatenated([classes.unsqueezed(1), pieces], along: 1)
    }

    /// Real pictures shown before: so many that nothing is still growing.
    private static let images = 1_000_000_000

    /// Real pictures that a step takes.
    var picturesPerStep: Int { batch * program.batchesPerStep }

    /// Numbers that each player learns.
    var parameters: (generator: Int, discriminator: Int) {
        func count(_ isJudge: Bool) -> Int {
            program.kept.optimizers.filter { ($0.name == "discriminator") == isJudge }
                .flatMap(\.optimizer.weights).reduce(0) { $0 + $1.count }
        }
        return (count(false), count(true))
    }

    /// Takes one step and waits until it is done.
    func take() {
        if let sampler {
            inInferenceMode {
                _ = sampler(latents.latents(batch, device: device), labels: labels)
            }
        } else {
            let real = (0..<program.batchesPerStep).map { _ in (pictures, labels) }
            _ = program.step(real, images: Workload.images)
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
