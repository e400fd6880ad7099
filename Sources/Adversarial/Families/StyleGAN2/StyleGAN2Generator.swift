import Neural
import Runs
import Torch

/// The generator: a mapping to styles, and layers that draw in them from a learned first map.
///
/// Source: as `StyleGAN2`. A size's layers and its picture take styles in turn; a picture's layer
/// shares its style with the next size's first.
public final class StyleGAN2Generator: Module, StyleGenerator, LayeredGenerator {
    /// What the network was built from.
    public let settings: StyleGAN2.Settings
    /// The pictures it draws.
    public let spec: ImageSpec
    /// The mean of all styles met in training.
    @Buffer public var averageStyle: Tensor
    private let mapping: StyleMapping
    @Parameter private var first: Tensor
    private let layers: [StyleLayer]
    private let pictures: [ModulatedConvolution]
    private let pictureBiases: [Parameter]
    private let shortcuts: [Convolution2D]
    private let filter: Filter
    private let chance: RandomSource
    private let sides: [Int]

    /// A network whose weights, noise and mixing are drawn from these streams.
    public init(
        _ settings: StyleGAN2.Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        self.spec = spec
        chance = streams.chance
        let source = streams.weights
        let sides = StyleGAN2.sides(spec)
        self.sides = sides
        averageStyle = .zeros([settings.style])
        mapping = StyleMapping(
            latent: settings.latent,
            for: spec,
            style: settings.style,
            layers: settings.mappingLayers,
            using: source
        )
        let isFirstForm = settings.form == .instanceNorm
        let start = [settings.channels(4), 4, 4]
        first = isFirstForm ? .ones(start) : .normal(start, using: source)
        func layer(_ from: Int, _ side: Int, doubles: Bool) -> StyleLayer {
            StyleLayer(
                inputs: settings.channels(from),
                outputs: settings.channels(side),
                side: side,
                doubles: doubles,
                settings: settings,
                using: streams
            )
        }
        layers =
            [layer(4, 4, doubles: false)]
            + sides.dropFirst().flatMap {
                [layer($0 / 2, $0, doubles: true), layer($0, $0, doubles: false)]
            }
        let isSkip = settings.generatorShape == .skip
        let shown = isSkip ? sides : Array(sides.suffix(1))
        pictures = shown.map {
            ModulatedConvolution(
                inputs: settings.channels($0),
                outputs: spec.channels,
                kernel: 1,
                style: settings.style,
                demodulates: false,
                using: source
            )
        }
        pictureBiases = shown.map { _ in Parameter(wrappedValue: .zeros([spec.channels])) }
        shortcuts =
            isSkip
            ? []
            : sides.dropFirst().map {
                Convolution2D(
                    inputs: settings.channels($0 / 2),
                    outputs: settings.channels($0),
                    kernel: 1,
                    bias: false,
                    form: .equalised(gain: 1),
                    using: source
                )
            }
        filter = Filter(wraps: spec.wraps)
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// Those of the layers, and of the picture that takes the last style.
    public var styleWeights: [Tensor] {
        layers.map(\.styleWeight) + pictures.suffix(1).map(\.styleWeight)
    }

    /// Two for each size: 18 for a side of 1024.
    public var styleCount: Int { 2 * sides.count }

    /// Draws pictures, about −1 … 1: nothing keeps them within.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let style = mapped(latents, labels: labels)
        if isTraining { learn(style) }
        var styles = style.unsqueezed(1)
            .expanded([style.size(0), styleCount, style.size(1)])
        if isTraining, settings.mixing > 0, chance.unit() < settings.mixing {
            let cut = 1 + chance.next(below: styleCount - 1)
            let others = Tensor.normal(
                latents.shape,
                dtype: latents.dtype,
                device: latents.device,
                using: chance
            )
            let second = mapped(others, labels: labels).unsqueezed(1)
                .expanded([style.size(0), styleCount - cut, style.size(1)])
            styles = Tensor.concatenated([styles.sliced(0..<cut, along: 1), second], along: 1)
        }
        return synthesized(styles)
    }

    /// Styles of latents.
    public func mapped(_ latents: Tensor, labels: Tensor?) -> Tensor {
        latents.inFullPrecision { mapping($0, labels: labels) }
    }

    /// Draws, and tells of each layer's map and of the picture at each size.
    public func drawn(
        _ latents: Tensor,
        labels: Tensor?,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        let style = mapped(latents, labels: labels)
        return synthesized(
            style.unsqueezed(1).expanded([style.size(0), styleCount, style.size(1)]),
            watch: watch
        )
    }

    /// Gives details the noise of a key; nothing for the network's own.
    public func useNoise(_ seed: UInt64?) {
        let source = seed.map { RandomSource(seed: $0, stream: 0) }
        for layer in layers { layer.useNoise(source) }
    }

    /// Pictures in styles.
    public func synthesized(_ styles: Tensor) -> Tensor { synthesized(styles) { _, _ in } }

    private func synthesized(
        _ styles: Tensor,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        let count = styles.size(0)
        func style(_ index: Int) -> Tensor { styles.selected(index, along: 1) }
        var x = first.unsqueezed(0).expanded([count] + first.shape)
        x = layers[0](x, style: style(0))
        watch("\(sides[0]), layer 1", x)
        guard settings.generatorShape == .skip else {
            return residual(x, style, watch)
        }
        var picture = shown(x, 0, style(1))
        watch("\(sides[0]), picture", picture)
        for index in 1..<sides.count {
            x = layers[2 * index - 1](x, style: style(2 * index - 1))
            watch("\(sides[index]), layer 1", x)
            x = layers[2 * index](x, style: style(2 * index))
            watch("\(sides[index]), layer 2", x)
            picture = filter.doubled(picture) + shown(x, index, style(2 * index + 1))
            watch("\(sides[index]), picture", picture)
        }
        return picture
    }

    private func residual(
        _ start: Tensor,
        _ style: (Int) -> Tensor,
        _ watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        var x = start
        for index in 1..<sides.count {
            let shortcut = filter.doubled(shortcuts[index - 1](x))
            let middle = layers[2 * index - 1](x, style: style(2 * index - 1))
            let branch = layers[2 * index](middle, style: style(2 * index))
            x = (shortcut + branch) * 0.5.squareRoot()
            watch("\(sides[index]), both branches", x)
        }
        let picture = shown(x, 0, style(2 * sides.count - 1))
        watch("picture", picture)
        return picture
    }

    private func shown(_ map: Tensor, _ index: Int, _ style: Tensor) -> Tensor {
        let bias = pictureBiases[index].wrappedValue.reshaped([1, -1, 1, 1])
        let picture = pictures[index](map, style: style).inFloat32() + bias
        return settings.clamp > 0
            ? picture.clamped(from: -settings.clamp, to: settings.clamp) : picture
    }

    private func learn(_ style: Tensor) {
        withoutGradients {
            let mean = style.detached().mean(over: [0]).overAllProcesses()
                .converted(to: averageStyle.dtype)
            averageStyle = mean + (averageStyle - mean) * settings.styleDecay
        }
    }
}
