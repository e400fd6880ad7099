import Neural
import Torch

/// The generator: dense layers, and a last one as large as a picture.
///
/// Source: as `MLPGAN`.
public final class MLPGenerator: Module, Generator {
    private let settings: MLPGAN.Settings
    private let spec: ImageSpec
    private let layers: [Dense]
    private let last: Dense

    /// A network whose weights are drawn from the source.
    public init(_ settings: MLPGAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let sizes = [settings.latent + spec.labels] + settings.generatorWidths
        layers = zip(sizes, sizes.dropFirst()).map {
            Dense(inputs: $0, outputs: $1, initializer: .heNormal, using: source)
        }
        last = Dense(
            inputs: sizes[sizes.count - 1],
            outputs: spec.channels * spec.height * spec.width,
            using: source
        )
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// Draws pictures, −1 … 1.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        var x = latents
        if let labels, spec.labels > 0 {
            x = Tensor.concatenated([x, spec.vectors(labels, as: x.dtype)], along: 1)
        }
        for layer in layers { x = layer(x).leakyRelu(slope: 0.2) }
        return last(x).tanh()
            .reshaped([-1, spec.height, spec.width, spec.channels])
            .permuted([0, 3, 1, 2])
    }
}
