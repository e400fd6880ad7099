import Neural
import Torch

/// The generator of a DCGAN: a dense layer, then transposed convolutions.
///
/// Source: Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep
/// Convolutional Generative Adversarial Networks", 2015, in the form of TensorFlow's tutorial:
/// batch normalisation of every number of the dense layer, before it becomes a map.
public final class DCGANGenerator: Module, Generator {
    /// What the network was built from.
    public let configuration: DCGANConfiguration
    private let dense: Dense
    private let norms: [BatchNorm]
    private let convolutions: [TransposeConvolution2D]

    /// A network whose weights are drawn from the source.
    ///
    /// - Precondition: the configuration has no problems.
    public init(_ configuration: DCGANConfiguration, using source: RandomSource) {
        precondition(configuration.problems.isEmpty, "\(configuration.problems)")
        self.configuration = configuration
        let widths = configuration.generatorWidths
        let cells = configuration.height * configuration.width
        let firstCount = widths[0] * cells / (configuration.enlargement * configuration.enlargement)
        func norm(_ channels: Int) -> BatchNorm {
            BatchNorm(channels, decay: configuration.decay, epsilon: configuration.epsilon)
        }
        dense = Dense(
            inputs: configuration.latent + configuration.classes,
            outputs: firstCount,
            bias: false,
            initializer: configuration.initializer,
            using: source
        )
        let outputs = widths.dropFirst() + [configuration.channels]
        norms = [norm(firstCount)] + widths.dropFirst().map(norm)
        convolutions = zip(widths, outputs).enumerated().map { index, sizes in
            TransposeConvolution2D(
                inputs: sizes.0,
                outputs: sizes.1,
                kernel: Extent(configuration.generatorKernel),
                stride: Extent(index == 0 ? 1 : 2),
                padding: .same,
                bias: false,
                initializer: configuration.initializer,
                using: source
            )
        }
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { configuration.latent }

    /// How many classes can be asked for.
    public var classCount: Int { configuration.classes }

    /// Draws pictures, −1 … 1.
    ///
    /// Shape: N×latent, and N when there are classes → N×C×H×W.
    public func callAsFunction(_ latents: Tensor, labels: Tensor? = nil) -> Tensor {
        let slope = configuration.generatorSlope
        let scale = configuration.enlargement
        var x = norms[0].leaky(dense(configuration.conditioned(latents, labels)), slope: slope)
        // Channels innermost, so that the map is laid out as convolutions like it without a copy.
        x = x.reshaped([
            latents.size(0), configuration.height / scale, configuration.width / scale,
            configuration.generatorWidths[0],
        ]).permuted([0, 3, 1, 2])
        for (convolution, norm) in zip(convolutions, norms.dropFirst()) {
            x = norm.leaky(convolution(x), slope: slope)
        }
        return convolutions[convolutions.count - 1](x).tanh()
    }

    /// The network for drawing alone, with the weights it has now.
    public func sampler(dtype: DType) -> any Sampler {
        DCGANSampler(
            configuration,
            dense: dense,
            norms: norms,
            convolutions: convolutions,
            dtype: dtype
        )
    }
}

extension DCGANConfiguration {
    /// Latent numbers, with the class after them where there are classes.
    func conditioned(_ latents: Tensor, _ labels: Tensor?) -> Tensor {
        guard classes > 0 else { return latents }
        guard let labels else { preconditionFailure("a conditional generator needs labels") }
        let hot = labels.oneHot(classes: classes, dtype: latents.dtype)
        return Tensor.concatenated([latents, hot], along: 1)
    }
}
