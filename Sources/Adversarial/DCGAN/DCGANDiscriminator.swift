import Neural
import Torch

/// The discriminator of a DCGAN: strided convolutions, then one logit.
///
/// Source: as `DCGANGenerator`. With classes the logit gains the product of the features with a
/// vector of the class (Miyato and Koyama, "cGANs with Projection Discriminator", 2018).
public final class DCGANDiscriminator: Module, Discriminator {
    /// What the network was built from.
    public let configuration: DCGANConfiguration
    private let convolutions: [Convolution2D]
    private let activations: [LeakyDropout]
    private let dense: Dense
    private let projection: Embedding?

    /// A network whose weights are drawn from one source and its dropout masks from another.
    ///
    /// - Precondition: the configuration has no problems.
    public init(
        _ configuration: DCGANConfiguration,
        using source: RandomSource,
        dropout: RandomSource
    ) {
        precondition(configuration.problems.isEmpty, "\(configuration.problems)")
        self.configuration = configuration
        let widths = configuration.discriminatorWidths
        convolutions = zip([configuration.channels] + widths, widths).map { inputs, outputs in
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: Extent(configuration.discriminatorKernel),
                stride: 2,
                padding: .same,
                bias: true,
                initializer: configuration.initializer,
                using: source
            )
        }
        activations = widths.map { _ in
            LeakyDropout(
                slope: configuration.discriminatorSlope,
                rate: configuration.dropout,
                using: dropout
            )
        }
        let halved = { (side: Int) in widths.reduce(side) { size, _ in (size + 1) / 2 } }
        let features =
            widths[widths.count - 1] * halved(configuration.height) * halved(configuration.width)
        dense = Dense(
            inputs: features,
            outputs: 1,
            bias: true,
            initializer: configuration.initializer,
            using: source
        )
        projection =
            configuration.classes > 0
            ? Embedding(
                count: configuration.classes,
                width: features,
                initializer: configuration.initializer,
                using: source
            ) : nil
    }

    /// Every picture is judged alone.
    public var mixesSamples: Bool { false }

    /// Logits: above zero for pictures taken to be real.
    ///
    /// Shape: N×C×H×W, and N when there are classes → N.
    public func callAsFunction(_ pictures: Tensor, labels: Tensor? = nil) -> Tensor {
        var x = pictures
        for (convolution, activation) in zip(convolutions, activations) {
            x = activation(convolution(x))
        }
        let features = x.permuted([0, 2, 3, 1]).reshaped([pictures.size(0), -1])
        let logits = dense(features).squeezed(1)
        guard let projection else { return logits }
        guard let labels else { preconditionFailure("a conditional discriminator needs labels") }
        return logits + (features * projection(labels)).sum(over: [1])
    }
}
