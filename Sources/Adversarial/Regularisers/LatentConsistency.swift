import Neural
import Runs
import Settings
import Torch

/// Near latents with the same logit, and pictures that differ nevertheless.
public final class LatentConsistency: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight of the difference of the discriminator's logits.
        public var weight: Scheduled = 20
        /// The weight by which the generator is paid for pictures that differ.
        public var generatorWeight: Scheduled = 0.5
        /// How far latents are moved: the deviation of what is added.
        public var deviation = 0.03

        /// The numbers of the paper.
        public init() {}

        /// Numbers of zero or more.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(generatorWeight, "generator-weight")
            problems.expect(
                deviation >= 0,
                "deviation",
                "a number of 0 or more",
                found: "\(deviation)"
            )
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "latent-consistency"
    /// What it is.
    public static let summary =
        "near latents have the same logit, and pictures that differ: ICR-GAN's part for latents"
    /// The paper that it follows.
    public static let source =
        "Zhao et al., Improved consistency regularization for GANs, AAAI 2021"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · mean (difference of the logits of drawings of near latents)².
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        guard let latents = turn.latents, let drawing = turn.drawing else { return nil }
        let other = drawing(moved(latents, using: turn.source)).detached()
        let logits = turn.logits(turn.augmented(other), labels: turn.fake.labels)
        return (logits - turn.fakeLogits).squared().mean() * settings.weight.value(at: turn.images)
    }

    /// −generator-weight · mean (difference of drawings of near latents)².
    public func generatorTerm(_ turn: GeneratorTurn) -> Tensor? {
        let weight = settings.generatorWeight.value(at: turn.images)
        guard weight > 0 else { return nil }
        let near = moved(turn.latents, using: turn.source)
        let other = turn.autocast { turn.generator(near, labels: turn.fake.labels) }.inFloat32()
        return (other - turn.fake.pictures.inFloat32()).squared().mean() * -weight
    }

    private func moved(_ latents: Tensor, using source: RandomSource) -> Tensor {
        let way = Tensor.normal(
            latents.shape,
            deviation: settings.deviation,
            dtype: latents.dtype,
            device: latents.device,
            using: source
        )
        return latents + way
    }
}
