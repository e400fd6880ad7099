import Neural
import Runs
import Settings
import Torch

/// Latents mapped to styles, styles that modulate convolutions, noise at every layer.
///
/// Source: Karras et al., "Analyzing and improving the image quality of StyleGAN", CVPR 2020, with
/// the settings of Karras et al., "Training generative adversarial networks with limited data",
/// NeurIPS 2020. The form `instance-norm` is that of Karras et al., "A style-based generator
/// architecture", CVPR 2019.
public enum StyleGAN2: Family {
    /// The name in recipes.
    public static let name = "stylegan2"
    /// What it is.
    public static let summary = "styles that modulate convolutions, noise at every layer"
    /// The paper that it follows.
    public static let source = "Karras et al., StyleGAN2, 2020"

    /// How a style acts on a layer.
    public enum Form: String, SettingChoice {
        /// On the weights, with the result brought to variance 1 by arithmetic.
        case modulation
        /// On each channel after instance normalisation, as in the first StyleGAN.
        case instanceNorm = "instance-norm"
    }

    /// How the generator's sizes come together.
    public enum DrawingShape: String, SettingChoice {
        /// A picture at every size, each added to the doubled one before.
        case skip
        /// Residual blocks, and a picture at the last size.
        case residual
    }

    /// How the discriminator's sizes come together.
    public enum JudgingShape: String, SettingChoice {
        /// Residual blocks.
        case residual
        /// One convolution after the other, as for CIFAR-10.
        case plain
    }

    /// All that a recipe can say of the networks.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 512
        /// Numbers in a style.
        public var style = 512
        /// Layers from latents to styles.
        public var mappingLayers = 8
        /// Channels at a size are this over the size.
        public var channelBase = 32_768
        /// The most channels at any size.
        public var channelMax = 512
        /// How a style acts on a layer.
        public var form = Form.modulation
        /// How the generator's sizes come together.
        public var generatorShape = DrawingShape.skip
        /// How the discriminator's sizes come together.
        public var discriminatorShape = JudgingShape.residual
        /// Whether layers get noise.
        public var noise = true
        /// The share of batches drawn in two styles.
        public var mixing = 0.9
        /// The share of the mean style that a batch leaves.
        public var styleDecay = 0.998
        /// Pictures that the discriminator compares with each other.
        public var group = 4
        /// The largest number that a layer gives; 0 for any.
        public var clamp = 0.0

        /// The paper's for large pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.expect(style, in: 1...4096, "style")
            problems.expect(mappingLayers, in: 1...16, "mapping-layers")
            problems.expect(channelBase, in: 4...1_000_000, "channel-base")
            problems.expect(channelMax, in: 1...4096, "channel-max")
            problems.expect(mixing, in: 0...1, "mixing")
            problems.expect(styleDecay, in: 0...1, "style-decay")
            problems.expect(group, in: 1...1024, "group")
            problems.expect(clamp >= 0, "clamp", "a number of 0 or more", found: "\(clamp)")
            return problems.all
        }

        /// Channels of maps whose larger side is that.
        func channels(_ side: Int) -> Int { max(min(channelBase / side, channelMax), 1) }
    }

    /// What is wrong with the settings for these pictures.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        var problems = SettingProblems()
        problems.expect(
            spec.height == spec.width && spec.height >= 8
                && spec.height.nonzeroBitCount == 1,
            "",
            "square pictures whose side is a power of two from 8",
            found: "\(spec.height) × \(spec.width)"
        )
        return problems.all
    }

    /// What other parts must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.hasStyles = true
        traits.canWrap = true
        return traits
    }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        StyleGAN2Generator(settings, for: spec, using: streams)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        StyleGAN2Discriminator(settings, for: spec, using: streams.weights)
    }

    /// Sides of the maps from 4 to the picture's.
    static func sides(_ spec: ImageSpec) -> [Int] {
        var sides = [4]
        while sides[sides.count - 1] < spec.height { sides.append(sides[sides.count - 1] * 2) }
        return sides
    }
}

extension Tensor {
    /// Leaky ReLU of slope 0.2 that keeps the variance, within a limit.
    func balancedLeakyRelu(gain: Double = 1, clamp: Double = 0) -> Tensor {
        let x = leakyRelu(slope: 0.2) * (2.0.squareRoot() * gain)
        return clamp > 0 ? x.clamped(from: -clamp * gain, to: clamp * gain) : x
    }
}
