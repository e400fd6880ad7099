import Checks
import Neural
import Runs
import Settings
import Torch

/// The discriminator names labels, those of real and those of drawn pictures apart; the generator is to draw what is named as a real
/// picture of what was asked for.
///
/// An auxiliary classifier that sees real pictures alone pays the generator for drawings that are easily named, and so for little
/// variety; one that tells real from drawn within each label does not.
public final class NegativeClassification: Module, DiscriminatorTask {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight on the discriminator's turn.
        public var weight: Scheduled = 1
        /// The weight on the generator's turn.
        public var generatorWeight: Scheduled = 1

        /// The numbers of the paper.
        public init() {}
    }

    /// The name in recipes.
    public static let name = "classification-with-negatives"
    /// What it is.
    public static let summary = "labels of real and of drawn pictures are named apart: ADC-GAN"
    /// The paper that it follows.
    public static let source =
        "Hou et al., Conditional GANs with auxiliary discriminative classifier, 2022"

    /// The weight on the discriminator's turn.
    public var weight: Scheduled { settings.weight }
    /// The weight on the generator's turn.
    public var generatorWeight: Scheduled { settings.generatorWeight }

    private let settings: Settings
    private let spec: ImageSpec
    private let head: Dense

    /// A head on the trunk's vector: each label twice, for real and for drawn pictures.
    public init(
        _ settings: Settings,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        self.spec = spec
        head = Dense(
            inputs: trunk.vector,
            outputs: 2 * max(spec.labels, 1),
            using: streams.weights
        )
    }

    /// How far real pictures are from being named as real ones of their labels, and drawn ones as drawn ones of theirs.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        let real = named(turn.realFeatures, turn.real.labels)
        let fake = named(turn.fakeFeatures, turn.fake.labels)
        return TaskLoss(-(real.real + fake.drawn).mean())
    }

    /// How much rather drawn pictures are named as drawn ones of what was asked for.
    public func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss? {
        guard turn.fake.labels != nil else { return nil }
        let fake = named(turn.fakeFeatures, turn.fake.labels)
        return TaskLoss((fake.drawn - fake.real).mean())
    }

    /// log p of each picture's label as a real and as a drawn picture's; of several properties their mean.
    private func named(_ features: Features, _ given: Tensor?) -> (real: Tensor, drawn: Tensor) {
        guard let given else { preconditionFailure("\(Self.name) needs labels") }
        let chances = head(features.vector.inFloat32()).logSoftmax(along: 1)
        let wanted = spec.vectors(given, as: chances.dtype)
        let shares = wanted / wanted.sum(over: [1], keepingDimensions: true).clamped(from: 1)
        let parts = chances.split([spec.labels, spec.labels], along: 1)
        return ((parts[0] * shares).sum(over: [1]), (parts[1] * shares).sum(over: [1]))
    }
}
