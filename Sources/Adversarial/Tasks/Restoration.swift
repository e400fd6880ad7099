import Checks
import Foundation
import Neural
import Runs
import Settings
import Torch

/// The discriminator also restores what is hidden of a real picture, from one of its own maps.
///
/// Source: Pathak et al., "Context encoders", CVPR 2016, as a head of the discriminator: it keeps
/// the trunk attentive to all of a picture, and fills holes in pictures afterwards.
public final class Restoration: Module, DiscriminatorTask {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight on the discriminator's turn.
        public var weight: Scheduled = 1
        /// The smallest share of a picture that is hidden.
        public var smallestHole = 0.25
        /// The largest share of a picture that is hidden.
        public var largestHole = 0.5
        /// What visible pixels count for beside hidden ones.
        public var visibleWeight = 0.1
        /// The share of each batch that is restored: less costs less time.
        public var share = 1.0
        /// Channels of the head's maps before the picture.
        public var width = 32

        /// A quarter to a half hidden.
        public init() {}

        /// Shares in order.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(
                smallestHole > 0 && smallestHole <= largestHole && largestHole < 1,
                "smallest-hole",
                "a number above 0, up to largest-hole (\(largestHole)), which is below 1",
                found: "\(smallestHole)"
            )
            problems.expect(
                visibleWeight >= 0,
                "visible-weight",
                "a number of 0 or more",
                found: "\(visibleWeight)"
            )
            problems.expect(
                share > 0 && share <= 1,
                "share",
                "a number above 0, up to 1",
                found: "\(share)"
            )
            problems.expect(width, in: 1...1024, "width")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "restoration"
    /// What it is.
    public static let summary = "the discriminator also restores hidden parts of pictures"
    /// The paper that it follows.
    public static let source = "after Pathak et al., Context encoders, 2016"

    /// The weight on the discriminator's turn.
    public var weight: Scheduled { settings.weight }
    /// None: the head keeps the trunk honest.
    public var generatorWeight: Scheduled { 0 }

    private let settings: Settings
    private let map: Int
    private let first: Convolution2D
    private let blocks: [Convolution2D]
    private let last: Convolution2D

    /// A head on the trunk's map that is nearest to eight rows or columns.
    public init(
        _ settings: Settings,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        precondition(!trunk.maps.isEmpty, "restoration needs a trunk with maps")
        // Coarse enough that what it sees reaches into holes, fine enough to say where things are.
        func distance(_ map: [Int]) -> Double { abs(log2(Double(min(map[1], map[2])) / 8)) }
        map = trunk.maps.indices.min { distance(trunk.maps[$0]) < distance(trunk.maps[$1]) } ?? 0
        func layer(_ inputs: Int, _ outputs: Int) -> Convolution2D {
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 3,
                padding: .same,
                initializer: .heNormal,
                using: streams.weights
            )
        }
        first = layer(trunk.maps[map][0], settings.width)
        var doublings = 0
        while trunk.maps[map][1] << doublings < spec.height { doublings += 1 }
        blocks = (0..<doublings).map { _ in layer(settings.width, settings.width) }
        last = layer(settings.width, spec.channels)
    }

    /// Pictures restored from what the trunk sees in them, not yet kept within −1 … 1: a bounded
    /// output would learn nothing more once it is all black or white.
    ///
    /// Shape: features of N×C×H×W → N×C×H×W.
    public func callAsFunction(_ features: Features, rows: Int, columns: Int) -> Tensor {
        var x = first(features.maps[map].inFloat32()).leakyRelu(slope: 0.2)
        for (index, block) in blocks.enumerated() {
            let isLast = index == blocks.count - 1
            let size = isLast ? [rows, columns] : [2 * x.size(2), 2 * x.size(3)]
            x = block(x.resampled(size: size, .nearest)).leakyRelu(slope: 0.2)
        }
        return last(x)
    }

    /// Pictures with what the mask hides filled in; what it does not hide stays to the last bit.
    ///
    /// Shape: N×C×H×W and N×1×H×W (1 where visible) → N×C×H×W.
    public func filled(
        _ pictures: Tensor,
        visible: Tensor,
        by discriminator: any Discriminator
    ) -> Tensor {
        let features = discriminator.features(pictures * visible, labels: nil)
        let restored = self(features, rows: pictures.size(2), columns: pictures.size(3))
        return visible.isGreater(than: 0.5).selecting(
            pictures,
            otherwise: restored.clamped(from: -1, to: 1)
        )
    }

    /// The mean error of hidden pixels, and a little of that of visible ones; beside it the error
    /// of filling in the mean of what is visible.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        let batch = leading(settings.share, of: turn.real)
        let real = batch.pictures.detached()
        let visible = withoutGradients { self.visible(like: real, using: turn.source) }
        let hidden = 1 - visible
        let features = turn.features(real * visible, labels: batch.labels)
        let restored = self(features, rows: real.size(2), columns: real.size(3))
        let channels = Double(real.size(1))
        func mean(_ error: Tensor, over mask: Tensor) -> Tensor {
            (error * mask).sum() / (mask.sum().overAllProcesses() * channels + 1e-8)
        }
        let error = (restored - real).absolute()
        let inside = mean(error, over: hidden)
        let fill =
            (real * visible).sum(over: [2, 3], keepingDimensions: true)
            / (visible.sum(over: [2, 3], keepingDimensions: true) + 1e-8)
        return TaskLoss(
            inside + mean(error, over: visible) * settings.visibleWeight,
            figures: [
                ("hidden_error", inside.detached()),
                ("mean_fill_error", mean((fill - real).absolute(), over: hidden)),
            ]
        )
    }

    /// Masks with one hidden block each.
    ///
    /// Shape: N×C×H×W → N×1×H×W, 1 where visible.
    private func visible(like pictures: Tensor, using source: RandomSource) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        let numbers = Tensor.uniform([4, count], dtype: .float64, pictures: 1, using: source)
            .doubles()
        var mask = [Float](repeating: 1, count: count * rows * columns)
        for index in 0..<count {
            let draw = (0..<4).map { numbers[$0 * count + index] }
            let area =
                settings.smallestHole + (settings.largestHole - settings.smallestHole) * draw[0]
            // Up to twice as wide as high, or as high as wide.
            let aspect = 2.0.squareRoot() * (draw[1] / 2 + 0.5)
            let height = min(
                max(Int((area.squareRoot() * aspect * Double(rows)).rounded()), 1),
                rows
            )
            let wanted = area * Double(rows * columns) / Double(height)
            let width = min(max(Int(wanted.rounded()), 1), columns)
            let top = Int(draw[2] * Double(rows - height + 1))
            let left = Int(draw[3] * Double(columns - width + 1))
            for row in top..<top + height {
                for column in left..<left + width {
                    mask[(index * rows + row) * columns + column] = 0
                }
            }
        }
        return Tensor(mask, shape: [count, 1, rows, columns], device: pictures.device)
            .converted(to: pictures.dtype)
    }
}
