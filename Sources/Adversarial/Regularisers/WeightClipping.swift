import Neural
import Runs
import Settings
import Torch

/// All weights of the discriminator kept within a bound.
public final class WeightClipping: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The largest weight.
        public var bound = 0.01

        /// The numbers of the paper.
        public init() {}

        /// A bound above zero.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(bound > 0, "bound", "a number above 0", found: "\(bound)")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "clipping"
    /// What it is.
    public static let summary = "all of the discriminator's weights within a bound"
    /// The paper that it follows.
    public static let source = "Arjovsky et al., Wasserstein GAN, 2017, algorithm 1"

    private let bound: Double

    /// With these settings.
    public init(_ settings: Settings) { bound = settings.bound }

    /// Clips all weights.
    public func settle(_ discriminator: any Discriminator) {
        withoutGradients {
            for parameter in discriminator.parameters {
                parameter.wrappedValue = parameter.wrappedValue.detached()
                    .clamped(from: -bound, to: bound)
            }
        }
    }
}
