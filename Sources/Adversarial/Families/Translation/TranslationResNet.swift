import Neural
import Torch

/// Translates pictures by residual blocks at a quarter of their size.
///
/// Source: Zhu et al., ICCV 2017, appendix 7.2, after Johnson et al., "Perceptual losses", ECCV 2016.
final class TranslationResNet: Module, TranslationNetwork {
    private let first: Convolution2D
    private let halvings: [Convolution2D]
    private let blocks: [TranslationBlock]
    private let doublings: [TransposeConvolution2D]
    private let last: Convolution2D
    private let norms: [InstanceNorm]

    /// A network for pictures with so many channels.
    init(_ settings: Translation.Settings, channels: Int, using streams: NetworkStreams) {
        let (width, source) = (settings.width, streams.weights)
        first = .translating(channels, width, kernel: 7, bias: false, using: source)
        halvings = [1, 2].map { factor in
            Convolution2D(
                inputs: width * factor,
                outputs: width * factor * 2,
                kernel: 3,
                stride: 2,
                padding: .explicit(1),
                bias: false,
                initializer: .normal(deviation: 0.02),
                using: source
            )
        }
        blocks = (0..<settings.blocks).map { _ in
            TranslationBlock(4 * width, dropout: settings.dropout, using: streams)
        }
        doublings = [4, 2].map { factor in
            TransposeConvolution2D(
                inputs: width * factor,
                outputs: width * factor / 2,
                kernel: 3,
                stride: 2,
                padding: .explicit(1),
                outputPadding: 1,
                bias: false,
                initializer: .normal(deviation: 0.02),
                using: source
            )
        }
        last = .translating(width, channels, kernel: 7, bias: true, using: source)
        norms = [1, 2, 4, 2, 1].map { InstanceNorm(width * $0) }
    }

    /// Shape: N×C×H×W → N×C×H×W, −1 … 1.
    func callAsFunction(_ pictures: Tensor) -> Tensor {
        var x = norms[0](first(pictures)).relu()
        for (place, halving) in halvings.enumerated() { x = norms[1 + place](halving(x)).relu() }
        for block in blocks { x = block(x) }
        for (place, doubling) in doublings.enumerated() {
            x = norms[3 + place](doubling(x)).relu()
        }
        return last(x).tanh()
    }
}

/// Two convolutions, each normalised, added to what came in.
private final class TranslationBlock: Module {
    private let first: Convolution2D
    private let second: Convolution2D
    private let norms: [InstanceNorm]
    private let dropout: Dropout

    init(_ width: Int, dropout rate: Double, using streams: NetworkStreams) {
        first = .translating(width, width, kernel: 3, bias: false, using: streams.weights)
        second = .translating(width, width, kernel: 3, bias: false, using: streams.weights)
        norms = [InstanceNorm(width), InstanceNorm(width)]
        dropout = Dropout(rate, using: streams.chance)
    }

    func callAsFunction(_ maps: Tensor) -> Tensor {
        maps + norms[1](second(dropout(norms[0](first(maps)).relu())))
    }
}

extension Convolution2D {
    /// A layer that keeps the size, with mirrored borders.
    fileprivate static func translating(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        bias: Bool,
        using source: RandomSource
    ) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: Extent(rows: kernel, columns: kernel),
            padding: .explicit(Extent(rows: kernel / 2, columns: kernel / 2)),
            border: .reflect,
            bias: bias,
            initializer: .normal(deviation: 0.02),
            using: source
        )
    }
}
