import Neural
import Torch

/// Any distribution over 256 levels for each channel of a pixel.
///
/// A channel sees the levels of those before it by vectors that are added to its features.
///
/// Source: van den Oord et al., "Pixel recurrent neural networks", ICML 2016, for levels as classes.
public final class CategoricalHead: Module, PixelHead {
    private let channels: Int
    private let bases: [Convolution2D]
    private let tables: [Embedding]
    private let outputs: [Convolution2D]

    /// A head on so many features.
    public init(features: Int, channels: Int, using source: RandomSource) {
        self.channels = channels
        func layer(_ inputs: Int, _ outputs: Int) -> Convolution2D {
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 1,
                initializer: .heNormal,
                using: source
            )
        }
        bases = (0..<channels).map { _ in layer(features, features) }
        // One table for each pair of a channel and one before it.
        tables = (0..<channels * (channels - 1) / 2).map { _ in
            Embedding(
                count: PixelSpec.levels,
                width: features,
                initializer: .normal(deviation: 0.1),
                using: source
            )
        }
        outputs = (0..<channels).map { _ in
            Convolution2D(
                inputs: features,
                outputs: PixelSpec.levels,
                kernel: 1,
                initializer: .normal(deviation: 0.02),
                using: source
            )
        }
    }

    /// Logits of a channel's levels.
    ///
    /// Shape: N×F×H×W, and N×H×W levels of each channel before it → N×256×H×W.
    func logits(_ channel: Int, _ features: Tensor, before: [Tensor]) -> Tensor {
        var x = bases[channel](features)
        let first = channel * (channel - 1) / 2
        for (index, levels) in before.enumerated() {
            x = x + tables[first + index](levels).permuted([0, 3, 1, 2]).converted(to: x.dtype)
        }
        return outputs[channel](x.relu())
    }

    /// Log-likelihood of each picture, in nats.
    public func logLikelihood(_ features: Tensor, of pictures: Tensor) -> Tensor {
        sums(features, pictures) { logits, levels in
            logits.logProbability(of: levels)
        }.reduce(Tensor.zeros([pictures.size(0)], device: pictures.device)) {
            $0 + $1.sum(over: [1, 2])
        }
    }

    /// The mean of each number.
    public func expectation(_ features: Tensor, given context: Tensor) -> Tensor {
        let values = PixelLevels.pictures(Tensor.range(to: PixelSpec.levels))
            .moved(to: context.device)
        let means = sums(features, context) { logits, _ in
            logits.meanValue(values)
        }
        return Tensor.stacked(means, along: 1)
    }

    /// One for each channel.
    public var chances: Int { channels }

    /// A draw of one pixel.
    public func draw(_ features: Tensor, temperature: Double, chances: Tensor) -> Tensor {
        var levels: [Tensor] = []
        for channel in 0..<channels {
            let logits = logits(channel, features, before: levels).inFullPrecision { $0 }
            levels.append(
                temperature > 0
                    ? (logits / temperature).choice(by: chances.selected(channel, along: 1))
                    : logits.argmax(along: 1)
            )
        }
        return PixelLevels.pictures(Tensor.stacked(levels, along: 1))
    }

    /// What `body` says of each channel, its logits N×H×W×256: levels of a pixel side by side.
    private func sums(
        _ features: Tensor,
        _ pictures: Tensor,
        _ body: (_ logits: Tensor, _ levels: Tensor) -> Tensor
    ) -> [Tensor] {
        let levels = withoutGradients { PixelLevels.levels(pictures) }
        let planes = (0..<channels).map { levels.selected($0, along: 1) }
        return (0..<channels).map { channel in
            body(
                logits(channel, features, before: Array(planes[0..<channel]))
                    .permuted([0, 2, 3, 1]),
                planes[channel]
            )
        }
    }
}
