import Neural
import Runs
import Settings
import Torch

/// Dense layers against dense layers: the first of all GANs.
///
/// Source: Goodfellow et al., "Generative adversarial nets", 2014, section 5, with leaky ReLU and
/// dropout in the discriminator in place of maxout.
public enum MLPGAN: Family {
    /// The name in recipes.
    public static let name = "mlp"
    /// What it is.
    public static let summary = "dense layers against dense layers: the first GAN"
    /// The paper that it follows.
    public static let source = "Goodfellow et al., Generative adversarial nets, 2014"

    /// All that a recipe can say of the networks.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 100
        /// Numbers in the generator's layers.
        public var generatorWidths = [256, 512, 1024]
        /// Numbers in the discriminator's layers.
        public var discriminatorWidths = [1024, 512, 256]
        /// Share of the discriminator's activations set to zero in training.
        public var dropout = 0.3

        /// Three layers each.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.expect(generatorWidths, count: 1...8, in: 1...16_384, "generator-widths")
            problems.expect(
                discriminatorWidths,
                count: 1...8,
                in: 1...16_384,
                "discriminator-widths"
            )
            problems.expect(
                dropout >= 0 && dropout < 1,
                "dropout",
                "a number from 0 to less than 1",
                found: "\(dropout)"
            )
            return problems.all
        }
    }

    /// Any size will do.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        spec.problems(doublings: 0)
    }

    /// Nothing that others must know.
    public static func traits(_ settings: Settings) -> FamilyTraits { FamilyTraits() }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        MLPGenerator(settings, for: spec, using: streams.weights)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        MLPDiscriminator(settings, for: spec, using: streams)
    }
}
