import Neural
import Runs
import Settings
import Torch

/// The discriminator also learns from real pictures that were changed, hardly to be seen, against it.
public final class Hardening: Module, RegulariserPart {
    /// How pictures are changed.
    public enum Kind: String, SettingChoice {
        /// One step.
        case fgsm
        /// Four steps, each of the radius's 2.5 fold over their number, never farther than the radius.
        case pgd
    }

    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the loss on changed pictures is multiplied with.
        public var weight: Scheduled = 1
        /// How pictures are changed.
        public var kind = Kind.fgsm
        /// How far each number of a picture may change, of 255 levels.
        public var radius = 4.0
        /// The share of each batch that is changed.
        public var share = 1.0

        /// One step of four levels, all pictures.
        public init() {}

        /// A radius and a share that change something.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(
                radius > 0 && radius <= 128,
                "radius",
                "a number above 0, up to 128",
                found: "\(radius)"
            )
            problems.expect(
                share > 0 && share <= 1,
                "share",
                "a number above 0, up to 1",
                found: "\(share)"
            )
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "adversarial"
    /// What it is.
    public static let summary =
        "the discriminator also learns from real pictures changed against it: adversarial training"
    /// The paper that it follows.
    public static let source =
        "Liu and Hsieh, Rob-GAN, 2019; steps: Goodfellow et al., 2015, and Madry et al., 2018"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · the loss on changed real pictures beside the turn's drawings, and how far their classes
    /// are from being told where the discriminator learns classes.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        let real = leading(settings.share, of: turn.real)
        let plain = real.pictures.detached()
        let drawn = turn.fakeLogits.sliced(
            0..<min(plain.size(0), turn.fakeLogits.size(0)),
            along: 0
        )
        func loss(_ pictures: Tensor, _ fake: Tensor) -> Tensor {
            let features = turn.features(turn.augmented(pictures), labels: real.labels)
            let logits = turn.autocast {
                turn.discriminator.logits(features, labels: real.labels)
            }.inFloat32()
            let game = turn.loss.discriminator(real: logits, fake: fake)
            guard let naming = turn.naming else { return game }
            return game + naming.distances(naming(features), real.labels).mean()
        }
        let steps = settings.kind == .fgsm ? 1 : 4
        // From −1 to 1 there are 255 levels.
        let radius = settings.radius * 2 / 255
        let size = settings.kind == .fgsm ? radius : radius * 2.5 / Double(steps)
        var changed = plain
        for _ in 0..<steps {
            let input = changed.requiringGradient()
            let slope = gradients(of: loss(input, drawn.detached()), for: [input])[0]
            let change = (changed + slope.sign() * size - plain).clamped(from: -radius, to: radius)
            changed = (plain + change).clamped(from: -1, to: 1).detached()
        }
        return loss(changed, drawn) * settings.weight.value(at: turn.images)
    }
}
