import Checks
import Neural
import Torch

/// The discriminator: residual blocks, features summed over all places, and a last dense layer.
///
/// Source: as `ResNetGAN`.
public final class ResNetDiscriminator: Module, Discriminator {
    /// What the network was built from.
    public let settings: ResNetGAN.Settings
    /// The pictures it judges.
    public let spec: ImageSpec
    private let blocks: [Block]
    private let dense: Dense
    private let projection: Embedding?
    private let attention: SelfAttention2D?
    /// The block whose map's places look at each other.
    private let attentive: Int?

    /// A network whose weights are drawn from the source.
    public init(_ settings: ResNetGAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let form: WeightForm = settings.spectralNorm ? .spectral : .plain
        let widths = settings.discriminatorWidths
        blocks = zip([spec.channels] + widths, widths).enumerated().map { index, sizes in
            Block(
                sizes.0,
                sizes.1,
                isFirst: index == 0,
                halves: index < settings.halvings,
                form: form,
                using: source
            )
        }
        let attentive =
            settings.attention == 0
            ? nil
            : widths.indices.first { block in
                spec.height >> min(block + 1, settings.halvings) == settings.attention
            }
        self.attentive = attentive
        attention = attentive.map { SelfAttention2D(widths[$0], form: form, using: source) }
        let width = widths[widths.count - 1]
        dense = Dense(inputs: width, outputs: settings.outputs, form: form, using: source)
        projection =
            spec.labels > 0 && settings.labels == .projection
            ? Embedding(
                count: spec.labels,
                width: width,
                initializer: .glorotUniform,
                form: form,
                using: source
            ) : nil
    }

    /// Every picture is judged alone.
    public var mixesSamples: Bool { false }

    /// The last block's last kernels.
    public var sharedWeight: Tensor { blocks[blocks.count - 1].convolution2.weight }

    /// Layers that belong to sizes, the largest first.
    public var finestFirst: [String] { ["blocks"] }

    /// The blocks' maps, and the last one's channels summed over all places.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        var x = pictures
        var maps: [Tensor] = []
        for (number, block) in blocks.enumerated() {
            x = block(x)
            if number == attentive, let attention { x = attention(x) }
            maps.append(x)
        }
        return Features(maps: maps, vector: x.relu().sum(over: [2, 3]))
    }

    /// Logits of features.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        let all = dense(features.vector)
        let logits = settings.outputs == 1 ? all.squeezed(1) : all
        guard let projection else { return logits }
        guard let labels else { preconditionFailure("a conditional discriminator needs labels") }
        return logits
            + (features.vector * projection(labels)).sum(
                over: [1],
                keepingDimensions: settings.outputs > 1
            )
    }

    /// ReLU, convolution, ReLU, convolution, halving where wanted; the first block begins without
    /// a ReLU, as its input is a picture.
    private final class Block: Module {
        let convolution1: Convolution2D
        let convolution2: Convolution2D
        private let shortcut: Convolution2D?
        private let isFirst: Bool
        private let halves: Bool

        init(
            _ inputs: Int,
            _ outputs: Int,
            isFirst: Bool,
            halves: Bool,
            form: WeightForm,
            using source: RandomSource
        ) {
            (self.isFirst, self.halves) = (isFirst, halves)
            convolution1 = ResNetGAN.convolution(inputs, outputs, form: form, using: source)
            convolution2 = ResNetGAN.convolution(outputs, outputs, form: form, using: source)
            shortcut =
                inputs != outputs || halves
                ? ResNetGAN.convolution(
                    inputs,
                    outputs,
                    kernel: 1,
                    gain: 1,
                    form: form,
                    using: source
                ) : nil
        }

        func callAsFunction(_ input: Tensor) -> Tensor {
            let half = AveragePooling2D(window: 2)
            let x = convolution2(convolution1(isFirst ? input : input.relu()).relu())
            // A 1×1 convolution and a halving may change places, and so cost a quarter.
            let small = halves ? half(input) : input
            return (halves ? half(x) : x) + (shortcut?(small) ?? small)
        }
    }
}
