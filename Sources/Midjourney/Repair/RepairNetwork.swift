import Neural
import Torch

/// What is to be added to a picture: maps that are halved, and doubled again beside what they were.
///
/// The first halving and the last doubling are rearrangements of pixels. There are no norms: what
/// stands in one corner of a large picture must not change another.
///
/// Source: Ronneberger et al., "U-Net", MICCAI 2015, with the blocks of Lim et al., "EDSR", CVPRW 2017.
final class RepairNetwork: Module {
    private let first: Convolution2D
    private let down: [[RepairBlock]]
    private let halvings: [Convolution2D]
    private let up: [[RepairBlock]]
    private let doublings: [Convolution2D]
    private let last: Convolution2D
    private let factor: Int

    /// A network for pictures with so many channels, a mask beside them.
    init(_ settings: RepairFamily.Settings, channels: Int, using source: RandomSource) {
        let widths = settings.widths
        factor = settings.factor
        func layer(_ inputs: Int, _ outputs: Int, stride: Extent = 1) -> Convolution2D {
            .repairing(inputs, outputs, stride: stride, using: source)
        }
        func blocks(_ width: Int) -> [RepairBlock] {
            (0..<settings.blocks).map { _ in RepairBlock(width, using: source) }
        }
        first = layer(4 * (channels + 1), widths[0])
        down = widths.map(blocks)
        halvings = zip(widths, widths.dropFirst()).map { layer($0, $1, stride: 2) }
        up = widths.dropLast().map(blocks)
        doublings = zip(widths, widths.dropFirst()).map { layer($1, $0) }
        // At first nothing is added.
        last = .repairing(
            widths[0],
            4 * factor * factor * channels,
            initializer: .normal(deviation: 1e-3),
            using: source
        )
    }

    /// What is to be added.
    ///
    /// Shape: N×C×H×W and N×1×H×W → N×C×H·factor×W·factor.
    func callAsFunction(_ pictures: Tensor, visible: Tensor) -> Tensor {
        let seen = Tensor.concatenated([pictures, visible.converted(to: pictures.dtype)], along: 1)
        var x = first(seen.pixelUnshuffled(2))
        var before: [Tensor] = []
        for (index, group) in down.enumerated() {
            for block in group { x = block(x) }
            guard index < halvings.count else { break }
            before.append(x)
            x = halvings[index](x)
        }
        for index in up.indices.reversed() {
            let size = [2 * x.size(2), 2 * x.size(3)]
            x = doublings[index](x.resampled(size: size, .nearest)) + before[index]
            for block in up[index] { x = block(x) }
        }
        return last(x.leakyRelu(slope: 0.2)).pixelShuffled(2 * factor)
    }
}

/// Two convolutions, each after a leaky ReLU, added to what came in.
private final class RepairBlock: Module {
    private let first: Convolution2D
    private let second: Convolution2D

    init(_ width: Int, using source: RandomSource) {
        first = .repairing(width, width, using: source)
        // At first the block changes little.
        second = .repairing(
            width,
            width,
            initializer: .normal(deviation: 0.01),
            using: source
        )
    }

    func callAsFunction(_ maps: Tensor) -> Tensor {
        maps + second(first(maps.leakyRelu(slope: 0.2)).leakyRelu(slope: 0.2))
    }
}

extension Convolution2D {
    /// A layer of 3×3 that keeps the size, or divides it by the stride.
    fileprivate static func repairing(
        _ inputs: Int,
        _ outputs: Int,
        stride: Extent = 1,
        initializer: Initializer = .heNormal,
        using source: RandomSource
    ) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: 3,
            stride: stride,
            padding: .same,
            initializer: initializer,
            using: source
        )
    }
}
