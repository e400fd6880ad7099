import Neural
import Runs
import Settings

extension DCGAN {
    /// All that a recipe can say of the networks.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 100
        /// How weights start.
        public var initializer = WeightStart.glorotUniform
        /// The network that draws.
        public var generator = DrawingSettings()
        /// The network that judges.
        public var discriminator = JudgingSettings()

        /// The networks of the tutorial on MNIST.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.add(generator.problems, under: "generator")
            problems.add(discriminator.problems, under: "discriminator")
            return problems.all
        }
    }

    /// What the first normalisation of the generator counts as one channel.
    public enum FirstNorm: String, SettingChoice {
        /// Every number of the dense layer, as in the tutorial.
        case numbers
        /// Every channel of the first map, as in the paper.
        case channels
    }

    /// How the discriminator keeps its numbers in order.
    public enum Norm: String, SettingChoice {
        /// Not at all.
        case none
        /// Batch normalisation of all but the first map, as in the paper.
        case batch
        /// Each picture's maps normalised by themselves, for penalties on slopes.
        case layer
        /// Each channel of a picture normalised by itself.
        case instance
        /// Weights divided by their largest singular value.
        case spectral
    }

    /// The generator's part.
    public struct DrawingSettings: Codable, Sendable, Equatable {
        /// Channels of the first map and of all later ones before the picture.
        public var widths = [256, 128, 64]
        /// Whether the first convolution keeps the size, as in the tutorial; all others double it.
        public var keepsFirst = true
        /// Sides of the kernels.
        public var kernel = 5
        /// Slope of the leaky ReLU below zero; 0 for a plain one.
        public var slope = 0.3
        /// Share of the old running statistics kept at each batch normalisation.
        public var momentum = 0.99
        /// Number added to the variance in batch normalisation.
        public var epsilon = 1e-3
        /// What the first normalisation counts as one channel.
        public var firstNorm = FirstNorm.numbers
        /// How the label comes in.
        public var labels = LabelDrawing.concatenation

        /// How many times larger a picture's side is than the first map's.
        public var enlargement: Int { 1 << max(0, widths.count - (keepsFirst ? 1 : 0)) }

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(widths, count: 1...8, in: 1...8192, "widths")
            problems.expect(kernel, in: 2...15, "kernel")
            problems.expect(slope, in: 0...1, "slope")
            problems.expect(
                momentum >= 0 && momentum < 1,
                "momentum",
                "a number from 0 to less than 1",
                found: "\(momentum)"
            )
            problems.expect(epsilon > 0, "epsilon", "a number above 0", found: "\(epsilon)")
            return problems.all
        }
    }

    /// The discriminator's part.
    public struct JudgingSettings: Codable, Sendable, Equatable {
        /// Channels of the maps, each half the size of the one before.
        public var widths = [64, 128]
        /// Sides of the kernels.
        public var kernel = 5
        /// Slope of the leaky ReLU below zero.
        public var slope = 0.3
        /// Share of the activations set to zero in training.
        public var dropout = 0.3
        /// How numbers are kept in order.
        public var norm = Norm.none
        /// How the label comes in.
        public var labels = LabelJudging.projection
        /// Numbers given for a picture; 16 for mmd.
        public var outputs = 1

        /// The network of the tutorial.
        public init() {}

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(widths, count: 1...8, in: 1...8192, "widths")
            problems.expect(kernel, in: 2...15, "kernel")
            problems.expect(
                slope > 0 && slope <= 1,
                "slope",
                "a number greater than 0, at most 1",
                found: "\(slope)"
            )
            problems.expect(
                dropout >= 0 && dropout < 1,
                "dropout",
                "a number from 0 to less than 1",
                found: "\(dropout)"
            )
            problems.expect(outputs, in: 1...1024, "outputs")
            return problems.all
        }
    }
}
