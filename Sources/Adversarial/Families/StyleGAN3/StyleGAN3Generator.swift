import Neural
import Runs
import Torch

/// The generator: a mapping to styles, waves, and layers that bend them without aliases.
///
/// Source: as `StyleGAN3`. The waves take the first style, each layer one of its own, the picture the last.
public final class StyleGAN3Generator: Module, StyleGenerator, LayeredGenerator, PlacedGenerator {
    /// What the network was built from.
    public let settings: StyleGAN3.Settings
    /// The pictures it draws.
    public let spec: ImageSpec
    /// The mean of all styles met in training.
    @Buffer public var averageStyle: Tensor
    private let mapping: StyleMapping
    private let input: WaveInput
    private let layers: [StyleGAN3Layer]

    /// A network whose weights are drawn from the source.
    public init(_ settings: StyleGAN3.Settings, for spec: ImageSpec, using source: RandomSource) {
        (self.settings, self.spec) = (settings, spec)
        let layout = StyleGAN3Layout(settings, for: spec)
        averageStyle = .zeros([settings.style])
        mapping = StyleMapping(
            latent: settings.latent,
            for: spec,
            style: settings.style,
            layers: settings.mappingLayers,
            using: source
        )
        input = WaveInput(layout, style: settings.style, using: source)
        layers = layout.layers.map { StyleGAN3Layer($0, settings, using: source) }
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// One for the waves, one for each layer, one for the picture: 16 as published.
    public var styleCount: Int { layers.count + 1 }

    /// Those of the waves, of the layers, and of the picture.
    public var styleWeights: [Tensor] { [input.styleWeight] + layers.map(\.styleWeight) }

    /// Draws pictures, about −1 … 1: nothing keeps them within.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        drawn(latents, labels: labels) { _, _ in }
    }

    /// Styles of latents.
    public func mapped(_ latents: Tensor, labels: Tensor?) -> Tensor {
        latents.inFullPrecision { mapping($0, labels: labels) }
    }

    /// Draws, and tells of each layer's map, margins included.
    public func drawn(
        _ latents: Tensor,
        labels: Tensor?,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        let style = mapped(latents, labels: labels)
        if isTraining { learn(style) }
        let styles = style.unsqueezed(1).expanded([style.size(0), styleCount, style.size(1)])
        return synthesized(styles, watch: watch)
    }

    /// Pictures in styles.
    public func synthesized(_ styles: Tensor) -> Tensor { synthesized(styles) { _, _ in } }

    /// Draws in styles, and tells of each layer's map.
    public func synthesized(
        _ styles: Tensor,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        var map = input(styles.selected(0, along: 1))
        watch("waves", map)
        for (index, layer) in layers.enumerated() {
            map = layer(map, style: styles.selected(index + 1, along: 1))
            watch(index == layers.count - 1 ? "picture" : "layer \(index + 1)", map)
        }
        return map.inFloat32() * settings.outputScale
    }

    /// Nothing: no layer has noise.
    public func useNoise(_ seed: UInt64?) {}

    /// Moves and turns pictures where they begin; nothing for where the network puts them.
    public func place(_ placement: InputPlacement?) { input.place(placement) }

    private func learn(_ style: Tensor) {
        withoutGradients {
            let mean = style.detached().mean(over: [0]).overAllProcesses()
                .converted(to: averageStyle.dtype)
            averageStyle = mean + (averageStyle - mean) * settings.styleDecay
        }
    }
}
