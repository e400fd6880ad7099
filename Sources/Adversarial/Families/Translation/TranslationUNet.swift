import Neural
import Torch

/// Translates pictures by maps that are halved down to the smallest, and doubled again beside what they were.
///
/// Maps are normalised picture by picture. What is normalised gets no shift before, which it would take away again.
///
/// Source: Isola et al., CVPR 2017, appendix 6.1.1, after Ronneberger et al., "U-Net", MICCAI 2015.
final class TranslationUNet: Module, TranslationNetwork {
    private let down: [Convolution2D]
    private let downNorms: [InstanceNorm]
    private let up: [TransposeConvolution2D]
    private let upNorms: [InstanceNorm]
    private let dropout: Dropout

    /// A network for pictures with so many channels.
    init(_ settings: Translation.Settings, channels: Int, using streams: NetworkStreams) {
        let last = settings.levels - 1
        let widths = (0...last).map { settings.width * min(1 << $0, 8) }
        down = (0...last).map { level in
            Convolution2D(
                inputs: level == 0 ? channels : widths[level - 1],
                outputs: widths[level],
                kernel: 4,
                stride: 2,
                padding: .explicit(1),
                bias: level == 0 || level == last,
                initializer: .normal(deviation: 0.02),
                using: streams.weights
            )
        }
        // Neither the first maps nor the smallest are normalised: those of one place have no statistics.
        downNorms = widths.dropFirst().dropLast().map { InstanceNorm($0) }
        up = (0...last).map { level in
            TransposeConvolution2D(
                inputs: level == last ? widths[level] : 2 * widths[level],
                outputs: level == 0 ? channels : widths[level - 1],
                kernel: 4,
                stride: 2,
                padding: .explicit(1),
                bias: level == 0,
                initializer: .normal(deviation: 0.02),
                using: streams.weights
            )
        }
        upNorms = widths.dropLast().map { InstanceNorm($0) }
        dropout = Dropout(settings.dropout, using: streams.chance)
    }

    /// Shape: N×C×H×W → N×C×H×W, −1 … 1.
    func callAsFunction(_ pictures: Tensor) -> Tensor {
        var maps = [down[0](pictures)]
        for level in down.indices.dropFirst() {
            let halved = down[level](maps[level - 1].leakyRelu(slope: 0.2))
            maps.append(level == down.count - 1 ? halved : downNorms[level - 1](halved))
        }
        var x = maps[maps.count - 1]
        for level in up.indices.dropFirst().reversed() {
            x = upNorms[level - 1](up[level](x.relu()))
            if level >= 4, level < up.count - 1 { x = dropout(x) }
            x = Tensor.concatenated([maps[level - 1], x], along: 1)
        }
        return up[0](x.relu()).tanh()
    }
}
