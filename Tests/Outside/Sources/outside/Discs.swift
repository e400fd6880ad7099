import Adversarial
import Neural
import Runs
import Settings
import Torch

/// A family of somebody else's: one dense layer draws, one judges.
enum Discs: Family {
    static let name = "discs"
    static let summary = "one dense layer against another"
    static let source = "Goodfellow et al., Generative adversarial nets, 2014"

    struct Settings: PartSettings {
        /// Latent numbers of a picture.
        var latent = 8
        /// Numbers that the discriminator finds in a picture.
        var width = 32

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...512, "latent")
            problems.expect(width, in: 1...512, "width")
            return problems.all
        }
    }

    static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] { [] }

    static func traits(_ settings: Settings) -> FamilyTraits { FamilyTraits() }

    static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        Drawer(settings, spec, using: streams.weights)
    }

    static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        Judge(settings, spec, using: streams.weights)
    }

    /// Draws.
    private final class Drawer: Module, Generator {
        let latentSize: Int
        let labelCount = 0
        private let spec: ImageSpec
        private let dense: Dense

        init(_ settings: Settings, _ spec: ImageSpec, using source: RandomSource) {
            (latentSize, self.spec) = (settings.latent, spec)
            let pixels = spec.channels * spec.height * spec.width
            dense = Dense(inputs: settings.latent, outputs: pixels, using: source)
        }

        func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
            dense(latents).tanh()
                .reshaped([-1, spec.channels, spec.height, spec.width])
        }
    }

    /// Judges.
    private final class Judge: Module, Discriminator {
        let mixesSamples = false
        private let first: Dense
        private let last: Dense

        init(_ settings: Settings, _ spec: ImageSpec, using source: RandomSource) {
            let pixels = spec.channels * spec.height * spec.width
            first = Dense(inputs: pixels, outputs: settings.width, using: source)
            last = Dense(inputs: settings.width, outputs: 1, using: source)
        }

        var sharedWeight: Tensor { first.weight }

        func features(_ pictures: Tensor, labels: Tensor?) -> Features {
            Features(maps: [], vector: first(pictures.flattened(from: 1)).relu())
        }

        func logits(_ features: Features, labels: Tensor?) -> Tensor {
            last(features.vector).squeezed(1)
        }
    }
}
