import Neural
import Torch

/// Two convolutions, each after a group norm and SiLU, added to what came in.
final class ResidualMaps: Module {
    private let norms: [GroupNorm]
    private let first: Convolution2D
    private let second: Convolution2D
    private let skip: Convolution2D?

    /// A block between so many channels.
    ///
    /// - Parameters:
    ///   - inputs: Channels that come in.
    ///   - outputs: Channels that go out.
    ///   - kernel: The kernels' sides.
    ///   - norm: Norms of so many channels.
    ///   - start: How all kernels are drawn, in place of the block's own ways.
    ///   - source: Where the numbers come from.
    init(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Extent = 3,
        norm: (Int) -> GroupNorm,
        start: Initializer? = nil,
        using source: RandomSource
    ) {
        norms = [norm(inputs), norm(outputs)]
        func layer(_ inputs: Int, _ kernel: Extent, _ initializer: Initializer) -> Convolution2D {
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: kernel,
                padding: .same,
                initializer: start ?? initializer,
                using: source
            )
        }
        first = layer(inputs, kernel, .heNormal)
        // At first the block changes little.
        second = layer(outputs, kernel, .normal(deviation: 0.01))
        skip = inputs == outputs ? nil : layer(inputs, 1, .glorotUniform)
    }

    func callAsFunction(_ maps: Tensor) -> Tensor {
        let x = first(norms[0](maps).silu())
        return (skip.map { $0(maps) } ?? maps) + second(norms[1](x).silu())
    }
}

extension GroupNorm {
    /// A norm of maps with up to sixteen groups of four channels or more.
    static func maps(_ channels: Int, isByPlace: Bool) -> GroupNorm {
        var groups = max(min(16, channels / 4), 1)
        while !channels.isMultiple(of: groups) { groups -= 1 }
        return GroupNorm(channels, groups: groups, isByPlace: isByPlace)
    }
}
