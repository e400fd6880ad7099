import Neural
import Runs
import Settings
import Torch

/// Residual networks with nearest-neighbour doublings and average halvings.
///
/// Source: Miyato et al., "Spectral normalization", ICLR 2018, appendix B.4, and Miyato and
/// Koyama, "cGANs with projection discriminator", ICLR 2018; without spectral norm the networks of
/// Gulrajani et al., "Improved training of Wasserstein GANs", 2017.
public enum ResNetGAN: Family {
    /// The name in recipes.
    public static let name = "resnet"
    /// What it is.
    public static let summary = "residual networks, spectral norm, projection of labels: SNGAN"
    /// The paper.
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
    public static func problems(_ settings: Settings, for subject: Subject) -> [SettingProblem] {
        subject.problems(
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
        return traits
    }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for subject: Subject,
        using streams: NetworkStreams
    ) -> any Generator {
        ResNetGenerator(settings, for: subject, using: streams.weights)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for subject: Subject,
        using streams: NetworkStreams
    ) -> any Discriminator {
        ResNetDiscriminator(settings, for: subject, using: streams.weights)
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
