import Neural
import Runs
import Settings
import Torch

/// Residual networks with nearest-neighbour doublings and average halvings.
///
/// Source: Miyato et al., "Spectral normalization", ICLR 2018, appendix B.4, and Miyato and
/// Koyama, "cGANs with projection discriminator", ICLR 2018; without spectral norm the networks of
/// Gulrajani et al., "Improved training of Wasserstein GANs", 2017. With attention and spectral norm in both networks those of
/// Zhang et al., "Self-attention generative adversarial networks", 2019; with vectors of labels and latents for each block
/// those of Brock et al., "Large scale GAN training" (BigGAN), 2019.
public enum ResNetGAN: Family {
    /// The name in recipes.
    public static let name = "resnet"
    /// What it is.
    public static let summary = "residual networks, spectral norm, projection of labels: SNGAN"
    /// The paper that it follows.
    public static let source = "Miyato et al., Spectral normalization for GANs, 2018"

    /// All that a recipe can say of the networks.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 128
        /// Channels of the generator's first map and after each doubling.
        public var generatorWidths = [256, 256, 256, 256]
        /// Channels after each of the discriminator's blocks.
        public var discriminatorWidths = [128, 128, 128, 128]
        /// How many of the discriminator's blocks, from the first, halve the size.
        public var halvings = 2
        /// Whether the discriminator's weights are divided by their norm.
        public var spectralNorm = true
        /// Whether the generator's are.
        public var generatorSpectralNorm = false
        /// Rows of the maps whose places look at each other, in both networks; 0: none do.
        public var attention = 0
        /// Numbers of a label's vector, from which all norms of the generator take scale and shift; 0: each norm
        /// has its own for each label.
        public var embedding = 0
        /// Whether each of the generator's blocks takes latent numbers of its own.
        public var splitsLatents = false
        /// How the label comes into the discriminator.
        public var labels = LabelJudging.ignored
        /// Share of the old running statistics kept at each batch normalisation.
        public var momentum = 0.9
        /// Numbers given for a picture; 16 for mmd.
        public var outputs = 1

        /// The paper's for 32×32 pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.expect(generatorWidths, count: 1...8, in: 1...4096, "generator-widths")
            problems.expect(
                discriminatorWidths,
                count: 1...10,
                in: 1...4096,
                "discriminator-widths"
            )
            problems.expect(halvings, in: 1...max(discriminatorWidths.count, 1), "halvings")
            problems.expect(
                momentum >= 0 && momentum < 1,
                "momentum",
                "a number from 0 to less than 1",
                found: "\(momentum)"
            )
            problems.expect(outputs, in: 1...1024, "outputs")
            problems.expect(embedding, in: 0...4096, "embedding")
            problems.expect(
                !splitsLatents || latent.isMultiple(of: max(generatorWidths.count, 1)),
                "latent",
                "a multiple of \(generatorWidths.count) with splits-latents",
                found: "\(latent)"
            )
            problems.expect(
                attention == 0 || (generatorWidths + discriminatorWidths).allSatisfy { $0 >= 8 },
                "attention",
                "0 with fewer than 8 channels",
                found: "\(attention)"
            )
            problems.expect(
                labels != .concatenation,
                "labels",
                "projection or ignored",
                found: labels.rawValue
            )
            return problems.all
        }
    }

    /// What is wrong with the settings for these pictures.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        let sides = (1..<max(settings.generatorWidths.count, 2)).map { block in
            spec.height >> (settings.generatorWidths.count - 1 - block)
        }
        let halved = (1...max(settings.halvings, 1)).map { spec.height >> $0 }
        var problems = SettingProblems()
        problems.expect(
            settings.attention == 0
                || settings.attention > 1 && sides.contains(settings.attention)
                    && halved.contains(settings.attention),
            "attention",
            "0 or rows of a map in both networks:"
                + " \(sides.filter { $0 > 1 && halved.contains($0) })",
            found: "\(settings.attention)"
        )
        return problems.all
            + spec.problems(
                doublings: max(settings.generatorWidths.count - 1, settings.halvings)
            )
    }

    /// What other parts must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.hasSpectralNorm = settings.spectralNorm
        traits.needsLabels = settings.labels == .projection
        traits.outputs = settings.outputs
        traits.generatorHasBatchNorm = true
        traits.canWrap = true
        return traits
    }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        ResNetGenerator(settings, for: spec, using: streams.weights)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        ResNetDiscriminator(settings, for: spec, using: streams.weights)
    }

    /// A convolution that keeps the size, started as the paper's: evenly, with that gain.
    static func convolution(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int = 3,
        gain: Double = 2.0.squareRoot(),
        form: WeightForm = .plain,
        using source: RandomSource
    ) -> Convolution2D {
        let fans = Double((inputs + outputs) * kernel * kernel)
        return Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: Extent(kernel),
            padding: .same,
            initializer: .uniform(bound: gain * (6 / fans).squareRoot()),
            form: form,
            using: source
        )
    }
}
