import Foundation
import Neural
import Runs
import Settings
import Torch

/// Pictures as signals without aliases: waves that styles turn and move, and layers that filter what they bend.
///
/// Source: Karras et al., "Alias-free generative adversarial networks", NeurIPS 2021. Its configuration t is the
/// usual one here; r has kernels of one pixel, twice the channels, and filters that look alike in all directions.
public enum StyleGAN3: Family {
    /// The name in recipes.
    public static let name = "stylegan3"
    /// What it is.
    public static let summary = "waves in place of a first map, layers without aliases"
    /// The paper that it follows.
    public static let source = "Karras et al., StyleGAN3, 2021"

    /// All that a recipe can say of the networks.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 512
        /// Numbers in a style.
        public var style = 512
        /// Layers from latents to styles.
        public var mappingLayers = 2
        /// Channels of a layer are half of this over its cutoff frequency.
        public var channelBase = 32_768
        /// The most channels of any layer.
        public var channelMax = 512
        /// Layers between the waves and the picture.
        public var layers = 14
        /// Layers at the end whose cutoff is half of the picture's sampling rate.
        public var critical = 2
        /// The first layer's cutoff frequency.
        public var firstCutoff = 2.0
        /// The frequency from which the first layer lets nothing pass.
        public var firstStopband = pow(2, 2.1)
        /// The frequency from which the last layer lets nothing pass, over its cutoff.
        public var lastStopband = pow(2, 0.3)
        /// Pixels beyond each edge of the picture that layers draw.
        public var margin = 10
        /// What the picture is multiplied with.
        public var outputScale = 0.25
        /// Rows and columns of a kernel.
        public var kernel = 3
        /// Length of a filter, at the lower of its two sampling rates.
        public var filterSize = 6
        /// Times the sampling rate at which leaky ReLU is taken.
        public var upsampling = 2
        /// Whether filters look alike in all directions.
        public var radial = false
        /// The largest number that a layer gives; 0 for any.
        public var clamp = 256.0
        /// The share of the mean magnitude that a batch leaves.
        public var magnitudeDecay = 0.999
        /// The share of the mean style that a batch leaves.
        public var styleDecay = 0.998
        /// The discriminator's channels at a size are this over the size.
        public var judgingChannelBase = 32_768
        /// The most channels of the discriminator.
        public var judgingChannelMax = 512
        /// Pictures that the discriminator compares with each other.
        public var group = 4

        /// The paper's configuration t.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.expect(style, in: 1...4096, "style")
            problems.expect(mappingLayers, in: 1...16, "mapping-layers")
            problems.expect(channelBase, in: 4...4_194_304, "channel-base")
            problems.expect(channelMax, in: 1...4096, "channel-max")
            problems.expect(layers, in: 2...64, "layers")
            problems.expect(critical, in: 1...63, "critical")
            problems.expect(firstCutoff, in: 0.5...512, "first-cutoff")
            problems.expect(firstStopband, in: 1...2048, "first-stopband")
            problems.expect(lastStopband, in: 1.001...16, "last-stopband")
            problems.expect(margin, in: 0...128, "margin")
            problems.expect(outputScale, in: 1e-6...1e6, "output-scale")
            problems.expect(kernel, in: 1...15, "kernel")
            problems.expect(filterSize, in: 1...16, "filter-size")
            problems.expect(upsampling, in: 1...8, "upsampling")
            problems.expect(clamp >= 0, "clamp", "a number of 0 or more", found: "\(clamp)")
            problems.expect(magnitudeDecay, in: 0...1, "magnitude-decay")
            problems.expect(styleDecay, in: 0...1, "style-decay")
            problems.expect(judgingChannelBase, in: 4...1_000_000, "judging-channel-base")
            problems.expect(judgingChannelMax, in: 1...4096, "judging-channel-max")
            problems.expect(group, in: 1...1024, "group")
            problems.expect(
                critical < layers,
                "critical",
                "fewer than the \(layers) layers",
                found: "\(critical)"
            )
            problems.expect(
                firstStopband > firstCutoff,
                "first-stopband",
                "a number above first-cutoff, \(firstCutoff)",
                found: "\(firstStopband)"
            )
            return problems.all
        }
    }

    /// What is wrong with the settings for these pictures.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        var problems = SettingProblems()
        let side = spec.height
        problems.expect(
            side == spec.width && (8...4096).contains(side) && side.nonzeroBitCount == 1,
            "",
            "square pictures whose side is a power of two from 8 to 4096",
            found: "\(spec.height) × \(spec.width)"
        )
        guard problems.all.isEmpty, settings.problems.isEmpty else { return problems.all }
        problems.expect(
            settings.firstCutoff < Double(side) / 2,
            "first-cutoff",
            "a number below half of the picture's side, \(side / 2)",
            found: "\(settings.firstCutoff)"
        )
        guard problems.all.isEmpty else { return problems.all }
        let layout = StyleGAN3Layout(settings, for: spec)
        let change = layout.layers.map { max($0.up, $0.down) }.max() ?? 1
        problems.expect(
            change <= 64,
            "layers",
            "so many that no layer changes the sampling rate more than 64 times",
            found: "\(settings.layers), which change it \(change) times"
        )
        problems.expect(
            layout.numbers <= 1 << 30,
            "channel-max",
            "networks of 2³⁰ numbers at most",
            found: "\(layout.numbers)"
        )
        return problems.all
    }

    /// What other parts must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.hasStyles = true
        return traits
    }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        StyleGAN3Generator(settings, for: spec, using: streams.weights)
    }

    /// The network that judges: StyleGAN2's.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        StyleGAN2Discriminator(
            channelBase: settings.judgingChannelBase,
            channelMax: settings.judgingChannelMax,
            group: settings.group,
            clamp: settings.clamp,
            for: spec,
            using: streams.weights
        )
    }
}
