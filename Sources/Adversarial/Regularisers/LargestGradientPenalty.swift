import Neural
import Runs
import Settings
import Torch

/// The discriminator's largest slope between real and drawn pictures kept small.
public final class LargestGradientPenalty: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the penalty is multiplied with.
        public var weight: Scheduled = 1

        /// As much as the loss.
        public init() {}

        /// A number of zero or more.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "maximum-gradient-penalty"
    /// What it is.
    public static let summary =
        "the discriminator's largest slope between real and drawn pictures small: LGAN"
    /// The paper that it follows.
    public static let source = "Zhou et al., Lipschitz generative adversarial nets, ICML 2019"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · the largest slope², of those at one random point between each real and each drawn picture.
    ///
    /// The slope that is everywhere allowed is thus that of the steepest place, not that of the mean.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        turn.slopes(at: turn.between()).max().squared() * settings.weight.value(at: turn.images)
    }
}
