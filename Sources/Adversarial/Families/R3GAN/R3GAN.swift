import Neural
import Runs
import Settings
import Torch

/// Plain residual networks without any normalisation, for the relativistic loss with R1 and R2.
///
/// Source: Huang et al., "The GAN is dead; long live the GAN! A modern GAN baseline", NeurIPS 2024.
public enum R3GAN: Family {
    /// The name in recipes.
    public static let name = "r3gan"
    /// What it is.
    public static let summary = "residual networks without normalisation, grouped convolutions"
    /// The paper that it follows.
    public static let source = "Huang et al., The GAN is dead; long live the GAN!, 2024"

    /// All that a recipe can say of the networks; lists go from 4×4 to the picture.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 64
        /// Channels at each size.
        public var widths = [768, 768, 768, 768]
        /// Groups of each size's 3×3 convolutions.
        public var groups = [96, 96, 96, 96]
        /// Residual blocks at each size.
        public var blocks = [2, 2, 2, 2]
        /// How many times wider a block is inside.
        public var expansion = 2
        /// Numbers that a label becomes beside the latent ones.
        public var embedding = 64
        /// Numbers of a picture that are compared with those of its label; 0: the first width.
        public var judgingEmbedding = 0

        /// The paper's for 32×32 pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.expect(widths, count: 1...9, in: 1...8192, "widths")
            problems.expect(blocks, count: 1...9, in: 0...64, "blocks")
            problems.expect(groups, count: 1...9, in: 1...8192, "groups")
            problems.expect(expansion, in: 1...16, "expansion")
            problems.expect(embedding, in: 1...4096, "embedding")
            problems.expect(judgingEmbedding, in: 0...8192, "judging-embedding")
            for (name, list) in [("groups", groups), ("blocks", blocks)] {
                problems.expect(
                    list.count == widths.count,
                    name,
                    "\(widths.count) numbers, one for each width",
                    found: "\(list)"
                )
            }
            // Numbers out of range may be too large to multiply.
            guard problems.all.isEmpty else { return problems.all }
            for (width, count) in zip(widths, groups) {
                problems.expect(
                    (width * expansion).isMultiple(of: count),
                    "groups",
                    "groups that divide \(width * expansion), a width times the expansion",
                    found: "\(groups)"
                )
            }
            return problems.all
        }

        /// The size of the first map.
        func base(_ spec: ImageSpec) -> (rows: Int, columns: Int) {
            let scale = 1 << (widths.count - 1)
            return (spec.height / scale, spec.width / scale)
        }
    }

    /// What is wrong with the settings for these pictures.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        spec.problems(doublings: settings.widths.count - 1)
    }

    /// Nothing that others must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.canWrap = true
        return traits
    }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        R3GenerativeNetwork(settings, for: spec, using: streams.weights)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        R3DiscriminativeNetwork(settings, for: spec, using: streams.weights)
    }

    /// A normal start whose deviation is gain / √(numbers that meet).
    static func start(_ gain: Double, inputs: Int) -> Initializer {
        gain == 0 ? .zeros : .normal(deviation: gain / Double(inputs).squareRoot())
    }

    /// A 1×1 convolution without bias.
    static func mix(_ inputs: Int, _ outputs: Int, using source: RandomSource) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: 1,
            bias: false,
            initializer: start(1, inputs: inputs),
            using: source
        )
    }
}
