import Checks
import Neural
import Runs
import Torch

/// The discriminator of a DCGAN: strided convolutions, then one logit.
///
/// Source: as `DCGAN`. With labels the logit gains the product of the features with a vector of the
/// label (Miyato and Koyama, "cGANs with Projection Discriminator", 2018).
public final class DCGANDiscriminator: Module, Discriminator {
    /// What the network was built from.
    public let settings: DCGAN.Settings
    /// The pictures it judges.
    public let spec: ImageSpec
    private let convolutions: [Convolution2D]
    private let norms: [DCGANNorm]
    private let activations: [LeakyDropout]
    private let dense: Dense
    private let projection: Embedding?

    /// A network whose weights and dropout masks are drawn from these streams.
    ///
    /// - Precondition: the settings have no problems.
    public init(_ settings: DCGAN.Settings, for spec: ImageSpec, using streams: NetworkStreams) {
        precondition(settings.problems.isEmpty, "\(settings.problems)")
        self.settings = settings
        self.spec = spec
        let own = settings.discriminator
        let source = streams.weights
        let initializer = settings.initializer.initializer
        let form: WeightForm = own.norm == .spectral ? .spectral : .plain
        let inputs = spec.channels + (own.labels == .concatenation ? spec.labels : 0)
        convolutions = zip([inputs] + own.widths, own.widths).map { inputs, outputs in
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: Extent(own.kernel),
                stride: 2,
                padding: .same,
                bias: true,
                initializer: initializer,
                form: form,
                using: source
            )
        }
        // The first map stays as it is, as in the paper.
        norms = own.widths.enumerated().map { index, width in
            DCGANNorm(index == 0 ? .none : own.norm, channels: width)
        }
        activations = own.widths.map { _ in
            LeakyDropout(slope: own.slope, rate: own.dropout, using: streams.chance)
        }
        let halved = { (side: Int) in own.widths.reduce(side) { size, _ in (size + 1) / 2 } }
        let features =
            own.widths[own.widths.count - 1] * halved(spec.height) * halved(spec.width)
        dense = Dense(
            inputs: features,
            outputs: own.outputs,
            bias: true,
            initializer: initializer,
            form: form,
            using: source
        )
        projection =
            spec.labels > 0 && own.labels == .projection
            ? Embedding(
                count: spec.labels,
                width: features,
                initializer: initializer,
                form: form,
                using: source
            ) : nil
    }

    /// Whether pictures are judged together: only under batch normalisation.
    public var mixesSamples: Bool { settings.discriminator.norm == .batch }

    /// The last convolution's kernels.
    public var sharedWeight: Tensor { convolutions[convolutions.count - 1].weight }

    /// Layers that belong to sizes, the largest first.
    public var finestFirst: [String] { ["convolutions", "norms"] }

    /// Logits of features.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        let all = dense(features.vector)
        let logits = settings.discriminator.outputs == 1 ? all.squeezed(1) : all
        guard let projection else { return logits }
        guard let labels else { preconditionFailure("a conditional discriminator needs labels") }
        let product = (features.vector * projection(labels)).sum(
            over: [1],
            keepingDimensions: settings.discriminator.outputs > 1
        )
        return logits + product
    }

    /// All maps, and the last one's numbers.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        var x = pictures
        if settings.discriminator.labels == .concatenation, spec.labels > 0 {
            x = Tensor.concatenated([x, spec.planes(labels, like: x)], along: 1)
        }
        var maps: [Tensor] = []
        for (index, convolution) in convolutions.enumerated() {
            x = norms[index](convolution(x), activations[index])
            maps.append(x)
        }
        let vector = x.permuted([0, 2, 3, 1]).reshaped([pictures.size(0), -1])
        return Features(maps: maps, vector: vector)
    }
}
