import Neural
import Runs
import Settings
import Torch

/// Colour, translation and cutout of all pictures, always.
public final class DiffAugment: Module, PlayerAugmentation {
    /// A kind of change.
    public enum Change: String, SettingChoice {
        /// Brightness, saturation, contrast.
        case color
        /// Shifts by whole pixels.
        case translation
        /// A square hidden.
        case cutout
    }

    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// Which changes are made.
        public var policy = [Change.color, .translation, .cutout]
        /// The largest shift as a share of the size.
        public var translation = 0.125
        /// The side of what is cut out as a share of the size.
        public var cutout = 0.5

        /// All three, for few pictures.
        public init() {}

        /// Shares have to be between 0 and 1.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(translation, in: 0...1, "translation")
            problems.expect(cutout, in: 0...1, "cutout")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "diff-augment"
    /// What it is.
    public static let summary = "colour, translation and cutout of all pictures, always"
    /// The paper that it follows.
    public static let source = "Zhao et al., Differentiable augmentation, 2020"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings, for spec: ImageSpec) { self.settings = settings }

    /// The pictures changed.
    public func callAsFunction(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        var x = pictures
        if settings.policy.contains(.color) { x = coloured(x, source) }
        if settings.policy.contains(.translation) { x = x.hiding { shifted($0, source) } }
        if settings.policy.contains(.cutout) { x = x.hiding { cut($0, source) } }
        return x
    }

    private func coloured(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        func draw(_ lower: Double, _ upper: Double) -> Tensor {
            Tensor.uniform(
                [pictures.size(0), 1, 1, 1],
                from: lower,
                to: upper,
                dtype: pictures.dtype,
                device: pictures.device,
                using: source
            )
        }
        var colour = Colour(pictures)
        // Half of ±0.5, as light counts from 0 to 1.
        colour.light = colour.light + colour.covered(draw(-0.25, 0.25))
        let grey = colour.light.mean(over: [1], keepingDimensions: true)
        colour.light = (colour.light - grey) * draw(0, 2) + grey
        let sum = colour.light.mean(over: [1], keepingDimensions: true)
            .sum(over: [2, 3], keepingDimensions: true)
        let pixels = Double(pictures.size(2) * pictures.size(3))
        let mean =
            colour.cover.map { sum / ($0.sum(over: [2, 3], keepingDimensions: true) + 1e-8) }
            ?? sum / pixels
        let base = colour.covered(mean)
        colour.light = (colour.light - base) * draw(0.5, 1.5) + base
        return colour.pictures
    }

    private func shifted(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let (count, channels, rows, columns) = pictures.shape4
        func line(_ size: Int) -> Tensor {
            let most = Int((Double(size) * settings.translation).rounded())
            let shift = Tensor.integers([count, 1], below: 2 * most + 1, using: source)
            // One row of zeros at each end stands for all that is outside.
            return (Tensor.range(to: size).unsqueezed(0) + shift - Double(most) + 1)
                .clamped(from: 0, to: Double(size + 1)).moved(to: pictures.device)
        }
        let (down, across) = (line(rows), line(columns))
        let padded = pictures.padded([1, 1, 1, 1])
        let byRow = padded.gathered(
            down.reshaped([count, 1, rows, 1]).expanded([count, channels, rows, columns + 2]),
            along: 2
        )
        return byRow.gathered(
            across.reshaped([count, 1, 1, columns]).expanded([count, channels, rows, columns]),
            along: 3
        )
    }

    private func cut(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        func outside(_ size: Int) -> Tensor {
            let side = Int((Double(size) * settings.cutout).rounded())
            // The square's middle is anywhere, so that it may hang over the border.
            let middle = Tensor.integers([count, 1], below: size + (1 - side % 2), using: source)
            let distance = Tensor.range(to: size).unsqueezed(0) - middle + Double(side / 2)
            let inside = distance.clamped(from: 0, to: Double(max(side - 1, 0))) .== distance
            return side == 0
                ? Tensor.zeros([count, size]) : inside.converted(to: .float32)
        }
        let down = outside(rows).reshaped([count, 1, rows, 1])
        let across = outside(columns).reshaped([count, 1, 1, columns])
        let mask = (1 - down * across).converted(to: pictures.dtype)
        return pictures * mask.moved(to: pictures.device)
    }
}
