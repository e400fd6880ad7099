import Foundation
import Neural
import Runs
import Settings
import Torch

/// Augmentation whose probability follows how surely the discriminator knows real pictures.
///
/// Source: Karras et al., "Training generative adversarial networks with limited data", NeurIPS
/// 2020: p rises while the mean sign r of real logits is above the target, and falls below it. Unlike
/// there p has an upper bound: at 1, changes leak into what is drawn.
public final class AdaptiveAugmentation: FollowingProbability, PlayerAugmentation {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The mean sign of real logits that is aimed at; 0: the probability is as scheduled.
        public var target = 0.6
        /// The probability of each change at the start, or all the time.
        public var probability: Scheduled = 0
        /// The largest probability.
        public var upperBound = 0.8
        /// Images over which the probability may go from 0 to 1.
        public var speedImages = 500_000
        /// Turns from one look at the signs to the next.
        public var interval = 4
        /// Whether left and right are exchanged.
        public var flip = true
        /// Whether pictures are turned by quarters.
        public var quarterTurns = true
        /// Whether pictures are shifted, scaled, turned and stretched.
        public var geometry = true
        /// Whether colours are changed.
        public var colour = true
        /// What colour changes are multiplied with; half for small pictures.
        public var colourStrength = 1.0
        /// Whether bands of frequencies are made stronger or weaker.
        public var bands = false
        /// Whether noise is added.
        public var noise = false
        /// Whether half a side's square is cut out.
        public var cutout = false

        /// All geometry and colour, as the paper found best.
        public init() {}

        /// Numbers in their ranges.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(probability, upTo: 1, "probability")
            return pace.problems + problems.all
        }

        /// How the probability follows.
        var pace: FollowingProbability.Pace {
            .init(
                target: target,
                upperBound: upperBound,
                speedImages: speedImages,
                interval: interval
            )
        }

        /// The changes that are made.
        var steps: [PipeStep] {
            PipeStep.allCases.filter { step in
                switch step {
                case .flip: flip
                case .quarterTurns: quarterTurns
                case .noise: noise
                case _ where PipeStep.bands.contains(step): bands
                case _ where PipeStep.colours.contains(step): colour
                default: geometry
                }
            }
        }
    }

    /// The name in recipes.
    public static let name = "ada"
    /// What it is.
    public static let summary =
        "augmentation as far as the discriminator knows its pictures by heart"
    /// The paper that it follows.
    public static let source = "Karras et al., StyleGAN2-ADA, 2020"

    private let settings: Settings
    private let pipe: AugmentationPipe

    /// With these settings.
    public init(_ settings: Settings, for spec: ImageSpec) {
        self.settings = settings
        pipe = AugmentationPipe(colourStrength: settings.colourStrength)
        super.init(
            settings.pace,
            from: settings.probability.value(at: 0)
        )
    }

    /// The pictures changed.
    public func callAsFunction(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        if settings.target == 0 {
            set(settings.probability.value(at: images))
        }
        let p = probability.item()
        guard p > 0 else { return pictures }
        let draws = draws(pictures.size(0), probability: p, using: source)
        let changed = noisy(pipe(pictures, draws), draws, using: source)
        return settings.cutout
            ? changed.hiding { cut($0, probability: p, using: source) } : changed
    }

    private func draws(
        _ count: Int,
        probability: Double,
        using source: RandomSource
    ) -> [PipeDraw] {
        var draws = [PipeDraw](repeating: PipeDraw(), count: count)
        for step in settings.steps {
            let (numbers, isNormal) = step.draw
            let shape = [count, numbers]
            let values =
                isNormal
                ? Tensor.normal(shape, dtype: .float64, using: source).doubles()
                : Tensor.uniform(shape, dtype: .float64, using: source).doubles()
            let chosen = Tensor.uniform([count], dtype: .float64, using: source).doubles()
            let isTurn = step == .turnBefore || step == .turnAfter
            // Two turns, together as likely as one of the others.
            let share = isTurn ? 1 - (1 - probability).squareRoot() : probability
            for index in 0..<count where chosen[index] < share {
                draws[index].values[step] = Array(
                    values[index * numbers..<(index + 1) * numbers]
                )
            }
        }
        return draws
    }

    private func noisy(
        _ pictures: Tensor,
        _ draws: [PipeDraw],
        using source: RandomSource
    ) -> Tensor {
        guard settings.noise else { return pictures }
        let sizes = draws.map { abs($0.values[.noise]?[0] ?? 0) * 0.1 }
        var colour = Colour(pictures)
        let noise = Tensor.normal(colour.light.shape, dtype: pictures.dtype, using: source)
            .moved(to: pictures.device)
        // Light goes from 0 to 1, pictures from −1 to 1.
        let size = Tensor(sizes.map { $0 / 2 }, shape: [draws.count, 1, 1, 1])
            .converted(to: pictures.dtype).moved(to: pictures.device)
        colour.light = colour.light + colour.covered(noise * size)
        return colour.pictures
    }

    private func cut(
        _ pictures: Tensor,
        probability: Double,
        using source: RandomSource
    ) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        let numbers = Tensor.uniform(
            [3, count, 1, 1, 1],
            dtype: .float64,
            pictures: 1,
            using: source
        )
        func near(_ size: Int, _ middle: Tensor, _ shape: [Int]) -> Tensor {
            let places = (Tensor.range(to: size).converted(to: .float64) + 0.5) / Double(size)
            return (places.reshaped(shape) - middle).absolute().isLess(than: 0.25)
                .converted(to: .float64)
        }
        let chosen = numbers.selected(0).isLess(than: probability).converted(to: .float64)
        let hidden =
            near(rows, numbers.selected(1), [1, 1, rows, 1])
            * near(columns, numbers.selected(2), [1, 1, 1, columns]) * chosen
        return pictures * (1 - hidden).converted(to: pictures.dtype).moved(to: pictures.device)
    }
}
