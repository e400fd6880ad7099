import Neural
import Settings
import Torch

/// Some of the drawings shown to the discriminator as real, the more the better it knows the real ones by heart.
///
/// Source: Jiang et al., "Deceive D: Adaptive pseudo augmentation for GAN training with limited data", NeurIPS 2021.
public final class PseudoAugmentation: FollowingProbability, PlayerAugmentation {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The mean sign of the logits of what is shown as real that is aimed at.
        public var target = 0.6
        /// The largest share of drawings among what is shown as real.
        public var upperBound = 0.9
        /// Images over which the share may go from 0 to 1.
        public var speedImages = 500_000
        /// Turns from one look at the signs to the next.
        public var interval = 4

        /// As the paper has them.
        public init() {}

        /// Numbers in their ranges.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(target > 0, "target", "a number above 0", found: "\(target)")
            problems.expect(upperBound < 1, "upper-bound", "below 1", found: "\(upperBound)")
            return problems.all + pace.problems
        }

        /// How the share follows.
        var pace: FollowingProbability.Pace {
            .init(
                target: target,
                upperBound: upperBound,
                speedImages: speedImages,
                interval: interval
            )
        }
    }

    /// The name in recipes.
    public static let name = "apa"
    /// What it is.
    public static let summary = "drawings shown as real, the more the surer the discriminator is"
    /// The paper that it follows.
    public static let source = "Jiang et al., Deceive D: adaptive pseudo augmentation, 2021"

    /// With these settings.
    public init(_ settings: Settings, for spec: ImageSpec) { super.init(settings.pace, from: 0) }

    /// The pictures as they are.
    public func callAsFunction(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor { pictures }

    /// Real pictures, a drawing in place of some; each with what it was asked for.
    public func shownAsReal(
        _ real: LabelledPictures,
        among drawn: LabelledPictures,
        using source: RandomSource
    ) -> LabelledPictures {
        let share = probability.item()
        let count = real.pictures.size(0)
        guard share > 0, drawn.pictures.shape == real.pictures.shape else { return real }
        let isDrawn = Tensor.uniform([count], dtype: .float64, pictures: 0, using: source)
            .isLess(than: share).moved(to: real.pictures.device)
        func chosen(_ drawn: Tensor, _ real: Tensor) -> Tensor {
            let places = [count] + [Int](repeating: 1, count: real.rank - 1)
            return isDrawn.reshaped(places).expanded(real.shape)
                .selecting(drawn.detached().converted(to: real.dtype), otherwise: real)
        }
        let labels = real.labels.flatMap { own in drawn.labels.map { chosen($0, own) } }
        return (chosen(drawn.pictures, real.pictures), labels ?? real.labels)
    }
}
