import Neural
import Runs
import Settings
import Torch

/// The same logit for a picture whichever way it is augmented.
public final class Consistency: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight for real pictures.
        public var weight: Scheduled = 10
        /// The weight for drawn pictures; 0 leaves them out.
        public var fakeWeight: Scheduled = 0

        /// The paper's; its balanced form sets both to 10.
        public init() {}
    }

    /// The name in recipes.
    public static let name = "consistency"
    /// What it is.
    public static let summary = "the same logit for a picture whichever way it is augmented"
    /// The paper that it follows.
    public static let source =
        "Zhang et al., Consistency regularization for GANs, 2020; drawn pictures: Zhao et al., 2021"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · mean (difference of two augmentations' logits)².
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        func term(_ pictures: LabelledPictures, _ logits: Tensor, _ weight: Double) -> Tensor {
            let again = turn.logits(
                turn.augmented(pictures.pictures.detached()),
                labels: pictures.labels
            )
            return (again - logits).squared().mean() * weight
        }
        let real = term(turn.real, turn.realLogits, settings.weight.value(at: turn.images))
        guard settings.fakeWeight.largest > 0 else { return real }
        return real + term(turn.fake, turn.fakeLogits, settings.fakeWeight.value(at: turn.images))
    }
}
