import Neural
import Torch

/// Judges each patch of a picture by itself: with three layers those of 70×70.
///
/// Source: Isola et al., CVPR 2017, appendix 6.1.2.
public final class PatchDiscriminator: Module {
    private let layers: [Convolution2D]
    private let norms: [InstanceNorm]

    /// A network for pictures with so many channels, those of a condition among them.
    init(_ settings: Translation.JudgeSettings, channels: Int, using source: RandomSource) {
        let count = settings.layers
        let widths = (0...count).map { settings.width * min(1 << $0, 8) } + [1]
        layers = widths.indices.map { layer in
            Convolution2D(
                inputs: layer == 0 ? channels : widths[layer - 1],
                outputs: widths[layer],
                kernel: 4,
                stride: layer < count ? 2 : 1,
                padding: .explicit(1),
                bias: layer == 0 || layer == widths.count - 1,
                initializer: .normal(deviation: 0.02),
                using: source
            )
        }
        norms = widths.dropFirst().dropLast().map { InstanceNorm($0) }
    }

    /// What the last layer looks at, and makes the logits with.
    var last: Convolution2D { layers[layers.count - 1] }

    /// Logits of patches: above zero for those taken to be real.
    ///
    /// Shape: N×C×H×W → N×1×rows×columns.
    public func callAsFunction(_ pictures: Tensor) -> Tensor { last(maps(pictures)) }

    /// The maps before the last layer.
    func maps(_ pictures: Tensor) -> Tensor {
        var x = layers[0](pictures).leakyRelu(slope: 0.2)
        for (layer, norm) in zip(layers.dropFirst().dropLast(), norms) {
            x = norm(layer(x)).leakyRelu(slope: 0.2)
        }
        return x
    }
}
