import Neural
import Runs
import Settings
import Torch

/// The discriminator's slope kept near a target between real and drawn pictures.
public final class GradientPenalty: Module, RegulariserPart {
    /// Which slopes are punished.
    public enum Sides: String, SettingChoice {
        /// Those above the target and those below it.
        case two
        /// Those above it.
        case one
    }

    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the penalty is multiplied with.
        public var weight: Scheduled = 10
        /// The slope that is wanted.
        public var target = 1.0
        /// Which slopes are punished.
        public var sides = Sides.two

        /// The numbers of the paper.
        public init() {}

        /// Numbers of zero or more.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(target >= 0, "target", "a number of 0 or more", found: "\(target)")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "gradient-penalty"
    /// What it is.
    public static let summary = "the discriminator's slope between real and drawn pictures near 1"
    /// The paper that it follows.
    public static let source =
        "Gulrajani et al., Improved training of Wasserstein GANs, 2017; one-sided: section 4"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · mean (slope − target)², the slope at one random point between each real and each
    /// drawn picture.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        let excess = turn.slopes(at: turn.between()) - settings.target
        let punished = settings.sides == .two ? excess : excess.relu()
        return punished.squared().mean() * settings.weight.value(at: turn.images)
    }
}
