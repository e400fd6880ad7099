import Neural
import Torch

/// One stream of a PixelCNN++: blocks at each size on the way there and on the way back.
public final class PixelStream: Module {
    /// How a convolution is carried out.
    typealias Convolve = (CausalConvolution, Tensor) -> Tensor

    /// The maps after every block, by sizes.
    struct Trace {
        /// On the way there: what came in, then each block's result.
        var there: [[Tensor]]
        /// On the way back.
        var back: [[Tensor]]

        /// The last map of the first size.
        var result: Tensor { back[0][back[0].count - 1] }
    }

    let scales: Int
    /// Halves the maps, from each size but the last.
    let halvings: [CausalConvolution]
    private let there: [[GatedResidual]]
    private let back: [[GatedResidual]]
    private let doublings: [Convolution2D]

    init(
        _ settings: PixelCNNPlus.Settings,
        reach: CausalConvolution.Reach,
        isConditional: Bool,
        using source: RandomSource
    ) {
        let isLeft = reach == .aboveAndLeft
        let kernel = isLeft ? Extent(2) : Extent(rows: 2, columns: 3)
        let width = settings.width
        scales = settings.scales
        func block(_ side: Int) -> GatedResidual {
            GatedResidual(
                width: width,
                side: side,
                kernel: kernel,
                reach: reach,
                isConditional: isConditional,
                dropout: settings.dropout,
                using: source
            )
        }
        there = (0..<scales).map { _ in
            (0..<settings.blocks).map { _ in block(isLeft ? width : 0) }
        }
        halvings = (1..<scales).map { _ in
            CausalConvolution(
                inputs: width,
                outputs: width,
                kernel: kernel,
                reach: reach,
                stride: 2,
                using: source
            )
        }
        // One block for every map of the way there but the last, which comes in.
        back = (0..<scales).map { scale in
            let count = settings.blocks + (scale == settings.scales - 1 ? 0 : 1)
            return (0..<count).map { _ in block(isLeft ? 2 * width : width) }
        }
        doublings = (1..<scales).map { _ in
            Convolution2D(inputs: width, outputs: 4 * width, kernel: 1, using: source)
        }
    }

    /// The blocks of a size on the way there, beside the other stream's maps of that size.
    func there(
        _ scale: Int,
        _ maps: Tensor,
        beside other: [Tensor]?,
        _ known: Tensor?,
        _ convolve: Convolve
    ) -> [Tensor] {
        var all = [maps]
        for (index, block) in there[scale].enumerated() {
            all.append(block(all[index], beside: other?[index + 1], known, convolve))
        }
        return all
    }

    /// The blocks of a size on the way back, beside what was there, the last one first.
    func back(
        _ scale: Int,
        _ maps: Tensor,
        _ there: [Tensor],
        beside other: [Tensor]?,
        _ known: Tensor?,
        _ convolve: Convolve
    ) -> [Tensor] {
        var all: [Tensor] = []
        for (index, block) in back[scale].enumerated() {
            let kept = there[back[scale].count - 1 - index]
            let beside = other.map { Tensor.concatenated([$0[index], kept], along: 1) } ?? kept
            all.append(block(all.last ?? maps, beside: beside, known, convolve))
        }
        return all
    }

    /// Maps of the next larger size.
    func doubled(_ scale: Int, _ maps: Tensor) -> Tensor {
        doublings[scale](maps).pixelShuffled(2)
    }

    /// All blocks on whole maps.
    func whole(_ maps: Tensor, beside other: Trace?, _ known: [Tensor]) -> Trace {
        var trace = Trace(
            there: [],
            back: [[Tensor]](repeating: [], count: scales)
        )
        let convolve: Convolve = { $0($1) }
        var x = maps
        for scale in 0..<scales {
            if scale > 0 { x = halvings[scale - 1](x) }
            trace.there.append(
                there(
                    scale,
                    x,
                    beside: other?.there[scale],
                    known.isEmpty ? nil : known[scale],
                    convolve
                )
            )
            x = trace.there[scale][trace.there[scale].count - 1]
        }
        for scale in (0..<scales).reversed() {
            if scale < scales - 1 { x = doubled(scale, x) }
            trace.back[scale] = back(
                scale,
                x,
                trace.there[scale],
                beside: other?.back[scale],
                known.isEmpty ? nil : known[scale],
                convolve
            )
            x = trace.back[scale][trace.back[scale].count - 1]
        }
        return trace
    }
}

extension PixelStream {
    /// All convolutions with the size of what they see: 0 for the whole picture's.
    var convolutions: [(CausalConvolution, Int)] {
        let blocks = zip(there, back).enumerated().flatMap { scale, both in
            (both.0 + both.1).flatMap { [($0.first, scale), ($0.second, scale)] }
        }
        return blocks + halvings.enumerated().map { ($0.element, $0.offset) }
    }
}
