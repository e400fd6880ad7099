import Neural
import Runs
import Settings
import Torch

/// Reads some of the latent numbers back from drawings, so that each of them changes what can be seen.
public final class LatentReading: Module, DiscriminatorTask {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// How many of the first latent numbers are read.
        public var numbers = 4
        /// The weight on the discriminator's turn.
        public var weight: Scheduled = 1
        /// The weight on the generator's turn.
        public var generatorWeight: Scheduled = 1

        /// A few numbers, as much as the loss.
        public init() {}

        /// Numbers in their ranges.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(numbers, in: 1...4096, "numbers")
            problems.expect(weight, "weight")
            problems.expect(generatorWeight, "generator-weight")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "latent-reading"
    /// What it is.
    public static let summary = "the first latent numbers of drawings, read back: InfoGAN"
    /// The paper that it follows.
    public static let source =
        "Chen et al., InfoGAN, 2016; numbers of the normal distribution in place of even ones"

    private let settings: Settings
    private let head: Dense
    /// The weight of its loss on the discriminator's turn.
    public var weight: Scheduled { settings.weight }
    /// The weight of its loss on the generator's turn.
    public var generatorWeight: Scheduled { settings.generatorWeight }

    /// A head on the trunk's vector.
    public init(
        _ settings: Settings,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        head = Dense(
            inputs: trunk.vector,
            outputs: settings.numbers,
            initializer: .normal(deviation: 0.02),
            using: streams.weights
        )
    }

    /// How far the numbers that are read in drawings are from those that they were drawn from; 0 where these are not
    /// known.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        guard let latents = turn.latents else { return TaskLoss(Tensor.zeros([])) }
        return TaskLoss(error(turn.fakeFeatures, latents))
    }

    /// The same, for the generator to draw what can be read.
    public func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss? {
        TaskLoss(error(turn.fakeFeatures, turn.latents))
    }

    /// Half the mean square: −log of a normal distribution around what is read, apart from a constant.
    private func error(_ features: Features, _ latents: Tensor) -> Tensor {
        let count = min(settings.numbers, latents.size(1))
        let wanted = latents.detached().sliced(0..<count, along: 1).inFloat32()
        let read = head(features.vector.inFloat32()).sliced(0..<count, along: 1)
        return (read - wanted).squared().mean() / 2
    }
}
