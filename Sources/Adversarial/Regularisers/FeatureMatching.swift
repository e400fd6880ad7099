import Neural
import Runs
import Settings
import Torch

/// Drawn pictures with the same mean features as real ones.
public final class FeatureMatching: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the distance is multiplied with.
        public var weight: Scheduled = 1

        /// As long as the adversarial loss.
        public init() {}
    }

    /// The name in recipes.
    public static let name = "feature-matching"
    /// What it is.
    public static let summary = "drawn pictures with the same mean features as real ones"
    /// The paper that it follows.
    public static let source = "Salimans et al., Improved techniques for training GANs, 2016, 3.1"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · the mean square of the difference between the batches' mean features.
    public func generatorTerm(_ turn: GeneratorTurn) -> Tensor? {
        let real = turn.realFeatures().vector.inFloat32().mean(over: [0]).detached()
            .overAllProcesses()
        let fake = turn.fakeFeatures.vector.inFloat32().mean(over: [0]).overAllProcesses()
        return (fake - real).squared().mean() * settings.weight.value(at: turn.images)
    }
}
