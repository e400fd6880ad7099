import Neural
import Torch

/// The discriminator: residual blocks that halve, a look at the batch, and two dense layers.
///
/// Source: as `StyleGAN2`. With labels the logit is the product of the features with a mapping of
/// the label, over the root of their number.
public final class StyleGAN2Discriminator: Module, Discriminator {
    /// What the network was built from.
    public let settings: StyleGAN2.Settings
    /// The pictures it judges.
    public let spec: ImageSpec
    private let first: Convolution2D
    private let blocks: [Block]
    private let deviation: MinibatchDeviation
    private let convolution: Convolution2D
    private let dense: Dense
    private let last: Dense
    private let mapping: StyleMapping?

    /// A network whose weights are drawn from the source.
    public init(_ settings: StyleGAN2.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let sides = Array(StyleGAN2.sides(spec).reversed())
        let width = settings.channels(4)
        first = StyleGAN2Discriminator.layer(
            spec.channels,
            settings.channels(sides[0]),
            kernel: 1,
            using: source
        )
        blocks = sides.dropLast().map {
            Block(
                settings.channels($0),
                settings.channels($0 / 2),
                isResidual: settings.discriminatorShape == .residual,
                clamp: settings.clamp,
                using: source
            )
        }
        deviation = MinibatchDeviation(group: settings.group)
        convolution = StyleGAN2Discriminator.layer(width + 1, width, kernel: 3, using: source)
        dense = Dense(
            inputs: width * 16,
            outputs: width,
            form: .equalised(gain: 1),
            using: source
        )
        last = Dense(
            inputs: width,
            outputs: spec.labels > 0 ? width : 1,
            form: .equalised(gain: 1),
            using: source
        )
        mapping =
            spec.labels > 0
            ? StyleMapping(latent: 0, for: spec, style: width, layers: 8, using: source) : nil
    }

    /// A network of residual blocks with so many channels.
    ///
    /// - Parameters:
    ///   - channelBase: Channels at a size are this over the size.
    ///   - channelMax: The most channels at any size.
    ///   - group: Pictures that are compared with each other.
    ///   - clamp: The largest number that a layer gives; 0 for any.
    ///   - spec: The pictures it judges.
    ///   - source: Where the weights come from.
    convenience init(
        channelBase: Int,
        channelMax: Int,
        group: Int,
        clamp: Double,
        for spec: ImageSpec,
        using source: RandomSource
    ) {
        var settings = StyleGAN2.Settings()
        (settings.channelBase, settings.channelMax) = (channelBase, channelMax)
        (settings.group, settings.clamp) = (group, clamp)
        self.init(settings, for: spec, using: source)
    }

    /// Pictures of a group are compared with each other.
    public var mixesSamples: Bool { settings.group > 1 }

    /// The weights of the first dense layer.
    public var sharedWeight: Tensor { dense.weight }

    /// Layers that belong to sizes, the largest first.
    public var finestFirst: [String] { ["blocks"] }

    /// A map for each size, and the numbers of the first dense layer.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        var x = first(pictures).balancedLeakyRelu(clamp: settings.clamp)
        var maps: [Tensor] = [x]
        for block in blocks {
            x = block(x)
            maps.append(x)
        }
        x = convolution(deviation(x)).balancedLeakyRelu(clamp: settings.clamp)
        let flat = x.reshaped([pictures.size(0), -1])
        return Features(maps: maps, vector: dense(flat).balancedLeakyRelu())
    }

    /// Logits of features.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        let numbers = last(features.vector)
        guard let mapping else { return numbers.squeezed(1) }
        let style = numbers.inFullPrecision { _ in mapping(nil, labels: labels) }
        return (numbers * style).sum(over: [1]) / Double(style.size(1)).squareRoot()
    }

    static func layer(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        bias: Bool = true,
        using source: RandomSource
    ) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: Extent(kernel),
            padding: .same,
            bias: bias,
            form: .equalised(gain: 1),
            using: source
        )
    }

    /// Two convolutions, the second on smoothed maps with every other pixel, and a shortcut.
    private final class Block: Module, WrappingLayer {
        private let convolution1: Convolution2D
        private let convolution2: Convolution2D
        private let shortcut: Convolution2D?
        private var filter: Filter
        private let clamp: Double

        init(
            _ inputs: Int,
            _ outputs: Int,
            isResidual: Bool,
            clamp: Double,
            using source: RandomSource
        ) {
            convolution1 = StyleGAN2Discriminator.layer(inputs, inputs, kernel: 3, using: source)
            convolution2 = Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 3,
                stride: 2,
                form: .equalised(gain: 1),
                using: source
            )
            shortcut =
                isResidual
                ? StyleGAN2Discriminator.layer(
                    inputs,
                    outputs,
                    kernel: 1,
                    bias: false,
                    using: source
                ) : nil
            filter = Filter()
            self.clamp = clamp
        }

        func wrapColumns(_ wraps: Bool) { filter.wraps = wraps }

        func callAsFunction(_ input: Tensor) -> Tensor {
            let half = 0.5.squareRoot()
            let middle = convolution1(input).balancedLeakyRelu(clamp: clamp)
            let branch = convolution2(filter.smoothed(middle, before: 2, after: 2))
            guard let shortcut else { return branch.balancedLeakyRelu(clamp: clamp) }
            return branch.balancedLeakyRelu(gain: half, clamp: clamp)
                + shortcut(filter.halved(input)) * half
        }
    }
}
