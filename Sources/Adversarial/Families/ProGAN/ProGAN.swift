import Neural
import Runs
import Settings
import Torch

/// Networks that begin with 4×4 pictures and double them as they learn.
///
/// Source: Karras et al., "Progressive growing of GANs for improved quality, stability, and
/// variation", ICLR 2018.
public enum ProGAN: Family {
    /// The name in recipes.
    public static let name = "progan"
    /// What it is.
    public static let summary = "networks that begin with small pictures and grow"
    /// The paper that it follows.
    public static let source = "Karras et al., Progressive growing of GANs, 2018"

    /// All that a recipe can say of the networks.
    public struct Settings: PartSettings {
        /// Latent numbers per picture.
        public var latent = 512
        /// Channels from the first map to the picture's size; their number says how often the
        /// size doubles.
        public var widths = [512, 512, 512, 512]
        /// Images at a size before the next one fades in.
        public var stableImages = 600_000
        /// Images over which the next size fades in.
        public var fadeImages = 600_000
        /// Pictures that the discriminator compares with each other.
        public var group = 4

        /// The paper's for 32×32 pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            problems.expect(widths, count: 1...9, in: 1...8192, "widths")
            problems.expect(stableImages, in: 0...1_000_000_000, "stable-images")
            problems.expect(fadeImages, in: 1...1_000_000_000, "fade-images")
            problems.expect(group, in: 1...1024, "group")
            return problems.all
        }

        /// How far networks have grown after so many images.
        func growth(at images: Int) -> Double {
            let cycle = Double(stableImages + fadeImages)
            let (done, rest) = (
                (Double(images) / cycle).rounded(.down),
                Double(images).truncatingRemainder(dividingBy: cycle)
            )
            let fading = max(rest - Double(stableImages), 0) / Double(fadeImages)
            return min(done + fading, Double(widths.count - 1))
        }
    }

    /// What is wrong with the settings for these pictures.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        spec.problems(doublings: settings.widths.count - 1)
    }

    /// What other parts must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.isGrowing = true
        traits.canWrap = true
        return traits
    }

    /// The network that draws.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        ProGANGenerator(settings, for: spec, using: streams.weights)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        ProGANDiscriminator(settings, for: spec, using: streams.weights)
    }

    /// A convolution at equalised rate that keeps the size.
    static func convolution(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int = 3,
        gain: Double = 2.0.squareRoot(),
        using source: RandomSource
    ) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: Extent(kernel),
            padding: .same,
            form: .equalised(gain: gain),
            using: source
        )
    }

    /// The whole part of a growth, and the share of the next size.
    static func stage(_ growth: Double, last: Int) -> (stage: Int, share: Double) {
        // What a file says of it may be anything.
        let growth = growth.isNaN ? 0 : min(max(growth, 0), Double(last))
        let stage = Int(growth)
        return (stage, stage == last ? 0 : growth - Double(stage))
    }
}
