import Checks
import Neural
import Runs
import Settings
import Torch

/// The discriminator also names pictures' labels, and the generator is to draw what is named.
public final class Classification: Module, DiscriminatorTask {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight on the discriminator's turn.
        public var weight: Scheduled = 1
        /// The weight on the generator's turn; above 0.2 drawings of a class grow alike.
        public var generatorWeight: Scheduled = 0.1
        /// The weight of drawn pictures on the discriminator's turn: 1 in the first form, 0 since.
        public var fakeWeight = 0.0

        /// Real pictures only.
        public init() {}
    }

    /// The name in recipes.
    public static let name = "classification"
    /// What it is.
    public static let summary = "the discriminator also names labels: AC-GAN"
    /// The paper that it follows.
    public static let source =
        "Odena, Olah and Shlens, Conditional image synthesis with AC-GANs, 2017"

    /// The weight on the discriminator's turn.
    public var weight: Scheduled { settings.weight }
    /// The weight on the generator's turn.
    public var generatorWeight: Scheduled { settings.generatorWeight }

    private let settings: Settings
    private let spec: ImageSpec
    private let head: Dense

    /// A head on the trunk's vector.
    public init(
        _ settings: Settings,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        self.spec = spec
        head = Dense(inputs: trunk.vector, outputs: max(spec.labels, 1), using: streams.weights)
    }

    /// A head with settings from a file.
    ///
    /// - Throws: What is wrong with the settings.
    public convenience init(
        _ tree: SettingValue,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) throws(SettingProblem) {
        self.init(
            try SettingCoding.value(Settings.self, of: tree),
            on: trunk,
            for: spec,
            using: streams
        )
    }

    /// Logits of the labels.
    ///
    /// Shape: features → N×labels.
    public func callAsFunction(_ features: Features) -> Tensor {
        head(features.vector.inFloat32())
    }

    /// How far the head is from the real pictures' labels.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        let named = self(turn.realFeatures)
        var loss = distance(named, turn.real.labels)
        if settings.fakeWeight > 0 {
            loss =
                loss + distance(self(turn.fakeFeatures), turn.fake.labels) * settings.fakeWeight
        }
        return TaskLoss(loss, figures: [("accuracy", accuracy(named, turn.real.labels))])
    }

    /// How far the head is from what the generator was asked for, and how evenly it draws.
    public func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss? {
        let named = self(turn.fakeFeatures)
        var figures = [(name: "accuracy", value: accuracy(named, turn.fake.labels))]
        if spec.labelKind == .classes || spec.labelKind == .captions {
            // 1 when all classes are drawn alike, 0 when only one is.
            let shares = withoutGradients {
                named.softmax(along: 1).mean(over: [0]).overAllProcesses()
            }
            let entropy = withoutGradients { -(shares * (shares + 1e-12).log()).sum() }
            let most = Tensor(Double(max(spec.labels, 2)), dtype: entropy.dtype).log()
            figures.append(("class_entropy", entropy / most.moved(to: entropy.device)))
        }
        // Drawn without a label, a picture only has to be of some class.
        guard let labels = turn.fake.labels else {
            return TaskLoss(named.sum() * 0, figures: figures.filter { $0.name != "accuracy" })
        }
        return TaskLoss(distance(named, labels), figures: figures)
    }

    /// How far what is named lies from the labels, on average.
    private func distance(_ named: Tensor, _ labels: Tensor?) -> Tensor {
        distances(named, labels).mean()
    }

    /// How far what is named lies from each picture's label: −log p(y | x), or squares of numbers.
    ///
    /// Shape: N×labels → N.
    func distances(_ named: Tensor, _ labels: Tensor?) -> Tensor {
        guard let labels else { preconditionFailure("classification needs labels") }
        let wanted = spec.vectors(labels, as: named.dtype)
        switch spec.labelKind {
        case .classes, .captions, .none:
            return -(named.logSoftmax(along: 1) * wanted).sum(over: [1])
        case .properties: return (named.softplus() - named * wanted).mean(over: [1])
        case .scalars: return (named - wanted).squared().mean(over: [1])
        }
    }

    private func accuracy(_ named: Tensor, _ labels: Tensor?) -> Tensor {
        withoutGradients {
            guard let labels else { return Tensor(0, dtype: named.dtype, device: named.device) }
            let wanted = spec.vectors(labels, as: named.dtype)
            switch spec.labelKind {
            case .classes, .captions, .none:
                return (named.argmax(along: 1) .== wanted.argmax(along: 1))
                    .converted(to: named.dtype).mean()
            case .properties:
                return (named.isGreater(than: 0) .== wanted.isGreater(than: 0.5))
                    .converted(to: named.dtype).mean()
            case .scalars: return 1 - (named - wanted).absolute().mean()
            }
        }
    }
}
