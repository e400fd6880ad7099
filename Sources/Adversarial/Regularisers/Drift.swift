import Neural
import Runs
import Settings
import Torch

/// Logits of real pictures kept from wandering off.
public final class Drift: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the mean square is multiplied with.
        public var weight: Scheduled = 0.001

        /// The numbers of the paper.
        public init() {}
    }

    /// The name in recipes.
    public static let name = "drift"
    /// What it is.
    public static let summary = "logits of real pictures near zero"
    /// The paper that it follows.
    public static let source = "Karras et al., Progressive growing of GANs, 2018, appendix A.1"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · mean a².
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        turn.realLogits.squared().mean() * settings.weight.value(at: turn.images)
    }
}
