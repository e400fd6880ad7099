import Neural
import Torch

/// The discriminator: dense layers, and a last one with a logit.
///
/// Source: as `MLPGAN`. It has no maps, only the numbers of its last layer.
public final class MLPDiscriminator: Module, Discriminator {
    private let spec: ImageSpec
    private let layers: [Dense]
    private let activations: [LeakyDropout]
    private let last: Dense

    /// A network whose weights and dropout masks are drawn from these streams.
    public init(_ settings: MLPGAN.Settings, for spec: ImageSpec, using streams: NetworkStreams) {
        self.spec = spec
        let pixels = spec.channels * spec.height * spec.width
        let sizes = [pixels + spec.labels] + settings.discriminatorWidths
        layers = zip(sizes, sizes.dropFirst()).map {
            Dense(inputs: $0, outputs: $1, initializer: .heNormal, using: streams.weights)
        }
        activations = settings.discriminatorWidths.map { _ in
            LeakyDropout(slope: 0.2, rate: settings.dropout, using: streams.chance)
        }
        last = Dense(inputs: sizes[sizes.count - 1], outputs: 1, using: streams.weights)
    }

    /// Every picture is judged alone.
    public var mixesSamples: Bool { false }

    /// The last hidden layer's weights.
    public var sharedWeight: Tensor { layers[layers.count - 1].weight }

    /// The last hidden layer's numbers.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        var x = pictures.permuted([0, 2, 3, 1]).reshaped([pictures.size(0), -1])
        if spec.labels > 0 {
            let vectors =
                labels.map { spec.vectors($0, as: x.dtype) }
                ?? .zeros([x.size(0), spec.labels], dtype: x.dtype, device: x.device)
            x = Tensor.concatenated([x, vectors], along: 1)
        }
        for (layer, activation) in zip(layers, activations) { x = activation(layer(x)) }
        return Features(maps: [], vector: x)
    }

    /// Logits of features.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        last(features.vector).squeezed(1)
    }
}
