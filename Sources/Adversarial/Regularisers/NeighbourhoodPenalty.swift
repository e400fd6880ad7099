import Neural
import Runs
import Settings
import Torch

/// The discriminator's slope kept near a target around real pictures.
public final class NeighbourhoodPenalty: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the penalty is multiplied with.
        public var weight: Scheduled = 10
        /// The slope that is wanted.
        public var target = 1.0
        /// How far around a picture, in deviations of all pictures' numbers.
        public var radius = 0.5

        /// The numbers of the paper.
        public init() {}

        /// Numbers of zero or more.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(target >= 0, "target", "a number of 0 or more", found: "\(target)")
            problems.expect(radius >= 0, "radius", "a number of 0 or more", found: "\(radius)")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "dragan"
    /// What it is.
    public static let summary = "the discriminator's slope around real pictures near 1: DRAGAN"
    /// The paper that it follows.
    public static let source = "Kodali et al., On convergence and stability of GANs, 2017"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · mean (slope − target)², the slope at one random point beside each real picture.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        let real = turn.real.pictures.detached()
        func chance(_ shape: [Int]) -> Tensor {
            .uniform(shape, dtype: real.dtype, device: real.device, using: turn.source)
        }
        let beside = withoutGradients {
            // The deviation of the whole batch, as one process would find it.
            let mean = real.mean().overAllProcesses()
            let deviation = (real - mean).squared().mean().overAllProcesses().squareRoot()
            return real + chance([real.size(0), 1, 1, 1]) * chance(real.shape) * deviation
                * settings.radius
        }
        let excess = turn.slopes(at: beside) - settings.target
        return excess.squared().mean() * settings.weight.value(at: turn.images)
    }
}
