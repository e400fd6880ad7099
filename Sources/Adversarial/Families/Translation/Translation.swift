import Neural
import Runs
import Settings
import Torch

/// Pictures of one kind made into pictures of another: learned from pairs, or from two kinds without any pairs.
public enum Translation: Family {
    /// The name in recipes.
    public static let name = "translation"
    /// What it is.
    public static let summary =
        "pictures made into pictures of another kind, from pairs (pix2pix) or without (CycleGAN)"
    /// The papers that it follows.
    public static let source =
        "Isola et al., Image-to-image translation with conditional adversarial networks, CVPR 2017; Zhu et al., Unpaired"
        + " image-to-image translation using cycle-consistent adversarial networks, ICCV 2017"

    /// What a translation is learned from.
    public enum Mode: String, SettingChoice {
        /// Pairs: what is drawn is compared with what it should have been.
        case paired
        /// Two kinds of pictures: there and back again must end where it began.
        case cycle
    }

    /// The network that translates.
    public enum Network: String, SettingChoice {
        /// Maps that are halved, and doubled again beside what they were.
        case unet
        /// Residual blocks at a quarter of the size.
        case residual
    }

    /// All that a recipe can say of the networks and of what they learn.
    public struct Settings: PartSettings {
        /// What it is learned from.
        public var mode = Mode.paired
        /// The network that translates.
        public var network = Network.unet
        /// Channels of its first maps.
        public var width = 64
        /// How often the U-Net halves its maps.
        public var levels = 8
        /// Blocks of the residual network.
        public var blocks = 9
        /// The share of elements set to zero in training: in the U-Net's deep layers, or in each residual block.
        public var dropout = 0.0
        /// The weight of the mean absolute error; with pairs.
        public var absolute = 100.0
        /// The weight of what is lost there and back again; without pairs.
        public var cycle = 10.0
        /// The weight of changes to pictures that are of the wanted kind already, beside that of the cycle.
        public var identity = 0.5
        /// Past drawings that the judges see among new ones; without pairs.
        public var pool = 50
        /// What judges the drawings, patch by patch.
        public var judge = JudgeSettings()

        /// The networks of pix2pix for 256×256.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 1...1024, "width")
            problems.expect(levels, in: 2...12, "levels")
            problems.expect(blocks, in: 1...64, "blocks")
            problems.expect(
                dropout >= 0 && dropout < 1,
                "dropout",
                "a number from 0 to less than 1",
                found: "\(dropout)"
            )
            for (name, weight) in [
                ("absolute", absolute), ("cycle", cycle), ("identity", identity),
            ] {
                problems.expect(weight, in: 0...1e6, name)
            }
            problems.expect(pool, in: 0...1000, "pool")
            problems.expect(
                mode == .paired || cycle > 0,
                "cycle",
                "a number above 0: without pairs nothing else ties a drawing to its picture",
                found: "\(cycle)"
            )
            problems.add(judge.problems, under: "judge")
            return problems.all
        }

        /// Sides of pictures must be multiples of this.
        var step: Int { network == .unet ? 1 << levels : 4 }
    }

    /// The network that judges, see `PatchDiscriminator`.
    public struct JudgeSettings: Codable, Sendable, Equatable {
        /// Channels of its first maps.
        public var width = 64
        /// How often it halves its maps: 3 for patches of 70×70, 0 for single pixels.
        public var layers = 3
        /// What its loss is multiplied with.
        public var weight = 1.0

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 1...1024, "width")
            problems.expect(layers, in: 1...8, "layers")
            problems.expect(weight > 0 && weight <= 1e6, "weight", "above 0", found: "\(weight)")
            return problems.all
        }
    }

    /// Sides that can be halved often enough, by both networks.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        var problems = SettingProblems()
        let (step, least) = (settings.step, 3 << settings.judge.layers)
        let size = "\(spec.height)×\(spec.width)"
        problems.expect(
            spec.height.isMultiple(of: step) && spec.width.isMultiple(of: step),
            settings.network == .unet ? "levels" : "network",
            settings.network == .unet
                ? "as many levels as \(size) can be halved" : "sides that are multiples of 4",
            found: settings.network == .unet
                ? "\(settings.levels), which needs multiples of \(step)" : size
        )
        problems.expect(
            settings.network == .unet || min(spec.height, spec.width) >= 16,
            "network",
            "sides of 16 or more for the residual network",
            found: size
        )
        problems.expect(
            min(spec.height, spec.width) >= least,
            "judge.layers",
            "so few layers that both sides are \(least) or more",
            found: "\(settings.judge.layers) for \(size)"
        )
        return problems.all
    }

    /// Neither a game of drawings from chance nor a likelihood: translations have a step of their own.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.training = .translation
        return traits
    }

    /// The network, or both networks, that translate.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        TranslationGenerator(settings, for: spec, using: streams)
    }

    /// The network, or both networks, that judge.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        TranslationJudges(settings, for: spec, using: streams)
    }
}
