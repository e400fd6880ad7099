import Neural
import Torch

/// The generator: a dense layer, residual blocks that double the size, and a last convolution.
///
/// Source: as `ResNetGAN`; with labels every batch normalisation has a scale and shift for each.
public final class ResNetGenerator: Module, Generator {
    /// What the network was built from.
    public let settings: ResNetGAN.Settings
    /// The pictures it draws.
    public let subject: Subject
    private let dense: Dense
    private let blocks: [Block]
    private let norm: BatchNorm
    private let last: Convolution2D

    /// A network whose weights are drawn from the source.
    public init(_ settings: ResNetGAN.Settings, for subject: Subject, using source: RandomSource) {
        self.settings = settings
        self.subject = subject
        let widths = settings.generatorWidths
        let scale = 1 << (widths.count - 1)
        dense = Dense(
            inputs: settings.latent,
            outputs: widths[0] * subject.height * subject.width / (scale * scale),
            using: source
        )
        blocks = zip(widths, widths.dropFirst()).map {
            Block($0, $1, labels: subject.labels, decay: settings.momentum, using: source)
        }
        norm = BatchNorm(widths[widths.count - 1], decay: settings.momentum, epsilon: 1e-5)
        last = ResNetGAN.convolution(
            widths[widths.count - 1],
            subject.channels,
            gain: 1,
            using: source
        )
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { subject.labels }

    /// Draws pictures, −1 … 1.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let scale = 1 << (settings.generatorWidths.count - 1)
        var x = dense(latents).reshaped([
            latents.size(0), subject.height / scale, subject.width / scale,
            settings.generatorWidths[0],
        ]).permuted([0, 3, 1, 2])
        for block in blocks { x = block(x, labels: labels) }
        return last(norm(x).relu()).tanh()
    }

    /// Norm, ReLU, doubling, convolution, norm, ReLU, convolution, beside a doubled shortcut.
    private final class Block: Module {
        private let norm1: ConditionalBatchNorm
        private let convolution1: Convolution2D
        private let norm2: ConditionalBatchNorm
        private let convolution2: Convolution2D
        private let shortcut: Convolution2D

        init(_ inputs: Int, _ outputs: Int, labels: Int, decay: Double, using source: RandomSource)
        {
            func norm(_ channels: Int) -> ConditionalBatchNorm {
                ConditionalBatchNorm(
                    channels,
                    labels: labels,
                    decay: decay,
                    epsilon: 1e-5,
                    using: source
                )
            }
            norm1 = norm(inputs)
            convolution1 = ResNetGAN.convolution(inputs, outputs, using: source)
            norm2 = norm(outputs)
            convolution2 = ResNetGAN.convolution(outputs, outputs, using: source)
            shortcut = ResNetGAN.convolution(inputs, outputs, kernel: 1, gain: 1, using: source)
        }

        func callAsFunction(_ input: Tensor, labels: Tensor?) -> Tensor {
            let double = Upsampling2D(factor: 2)
            let x = convolution1(double(norm1(input, labels: labels).relu()))
            // A 1×1 convolution and a doubling may change places, and so cost a quarter.
            return convolution2(norm2(x, labels: labels).relu()) + double(shortcut(input))
        }
    }
}
