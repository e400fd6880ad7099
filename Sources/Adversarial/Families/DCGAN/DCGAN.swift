import Neural
import Runs
import Settings
import Torch

/// Transposed convolutions against strided convolutions.
///
/// Source: Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep
/// Convolutional Generative Adversarial Networks", 2015; the defaults are those of TensorFlow's
/// tutorial on MNIST.
public enum DCGAN: Family {
    /// The name in recipes.
    public static let name = "dcgan"
    /// What it is.
    public static let summary = "transposed convolutions against strided convolutions"
    /// The paper that it follows.
    public static let source = "Radford, Metz and Chintala, DCGAN, 2015"

    /// What is wrong with the settings for these pictures.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        var problems = SettingProblems()
        let factor = settings.generator.enlargement
        for (name, side) in [("height", spec.height), ("width", spec.width)] {
            problems.expect(
                side > 0 && side.isMultiple(of: factor),
                "generator.widths",
                "widths for a \(name) of \(side): these enlarge the first map \(factor) times",
                found: "\(settings.generator.widths)"
            )
        }
        return problems.all
    }

    /// What other parts must know.
    public static func traits(_ settings: Settings) -> FamilyTraits {
        var traits = FamilyTraits()
        traits.hasBatchNorm = settings.discriminator.norm == .batch
        traits.hasSpectralNorm = settings.discriminator.norm == .spectral
        traits.outputs = settings.discriminator.outputs
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
        DCGANGenerator(settings, for: spec, using: streams.weights)
    }

    /// The network that judges.
    public static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        DCGANDiscriminator(settings, for: spec, using: streams)
    }
}
