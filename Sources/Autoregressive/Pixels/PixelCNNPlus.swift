import Checks
import Neural
import Torch

/// Two streams of gated residual blocks over several sizes of the picture, joined on the way back.
///
/// The upper stream knows the rows above a place, the left stream the pixels to its left as well
/// and, block by block, what the upper one found. Both halve the picture between sizes, double it
/// again, and take in on the way back what they had on the way there.
///
/// Source: Salimans et al., "PixelCNN++", ICLR 2017. Unlike there weights are not normalised, and
/// maps are doubled by 2×2 kernels in both streams.
public final class PixelCNNPlus: Module, PixelTrunk {
    /// The pictures.
    public let spec: PixelSpec
    /// Features of a pixel.
    public var width: Int { settings.width }
    let settings: Settings
    let upper: PixelStream
    let left: PixelStream
    let firstUpper: CausalConvolution
    let firstAbove: CausalConvolution
    let firstLeft: CausalConvolution
    private let conditioning: PixelConditioning?

    /// A network whose weights are drawn from the source.
    public init(_ settings: Settings, for spec: PixelSpec, using source: RandomSource) {
        (self.settings, self.spec) = (settings, spec)
        func first(_ kernel: Extent, _ reach: CausalConvolution.Reach) -> CausalConvolution {
            // One more channel of ones tells pictures from their border.
            CausalConvolution(
                inputs: spec.channels + 1,
                outputs: settings.width,
                kernel: kernel,
                reach: reach,
                using: source
            )
        }
        firstUpper = first(Extent(rows: 2, columns: 3), .above)
        firstAbove = first(Extent(rows: 1, columns: 3), .above)
        firstLeft = first(Extent(rows: 2, columns: 1), .aboveAndLeft)
        let isConditional = spec.classes > 0 || spec.draftChannels > 0
        func stream(_ reach: CausalConvolution.Reach) -> PixelStream {
            PixelStream(settings, reach: reach, isConditional: isConditional, using: source)
        }
        upper = stream(.above)
        left = stream(.aboveAndLeft)
        conditioning = PixelConditioning(
            spec,
            width: settings.width,
            layers: settings.draftLayers,
            using: source
        )
    }

    /// Features of every pixel.
    ///
    /// - Precondition: rows and columns can be halved as often as there are sizes but one.
    public func callAsFunction(_ pictures: Tensor, _ condition: PixelCondition) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        check(rows, columns)
        let known = known(condition, count: count, rows: rows, columns: columns)
        let bordered = bordered(pictures)
        let above = firstUpper(bordered).shifted(down: 1)
        let beside = firstAbove(bordered).shifted(down: 1) + firstLeft(bordered).shifted(right: 1)
        let seen = upper.whole(above, beside: nil, known)
        return left.whole(beside, beside: seen, known).result.elu()
    }

    /// The same features pixel by pixel.
    public func walk(
        count: Int,
        rows: Int,
        columns: Int,
        _ condition: PixelCondition
    ) -> any PixelWalk {
        check(rows, columns)
        return PlusWalk(
            self,
            count: count,
            columns: columns,
            known: known(condition, count: count, rows: rows, columns: columns)
        )
    }

    /// Pictures with a channel of ones.
    func bordered(_ pictures: Tensor) -> Tensor {
        Tensor.concatenated(
            [pictures, pictures.sliced(0..<1, along: 1).onesLike()],
            along: 1
        )
    }

    /// What is known, at each size; empty where nothing can be.
    private func known(
        _ condition: PixelCondition,
        count: Int,
        rows: Int,
        columns: Int
    ) -> [Tensor] {
        guard let conditioning else { return [] }
        let maps = conditioning(condition, count: count, rows: rows, columns: columns)
            .expanded([count, -1, rows, columns])
        return (0..<settings.scales).map { scale in
            let side = 1 << scale
            return scale == 0
                ? maps : maps.averagePooled(window: [side, side], stride: [side, side])
        }
    }

    private func check(_ rows: Int, _ columns: Int) {
        let factor = 1 << (settings.scales - 1)
        precondition(
            rows.isMultiple(of: factor) && columns.isMultiple(of: factor),
            "\(settings.scales) sizes need sides that \(factor) divides, found \(rows)×\(columns)"
        )
    }
}

extension Tensor {
    /// Maps moved down, zeros coming in.
    func shifted(down rows: Int) -> Tensor {
        padded([0, 0, rows, 0]).sliced(0..<size(2), along: 2)
    }

    /// Maps moved to the right, zeros coming in.
    func shifted(right columns: Int) -> Tensor {
        padded([columns, 0, 0, 0]).sliced(0..<size(3), along: 3)
    }
}
