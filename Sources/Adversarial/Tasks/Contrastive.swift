import Checks
import Neural
import Runs
import Settings
import Torch

/// The discriminator learns where each label's pictures lie among others: near the label's own vector, away from pictures of other
/// labels; the generator is to draw what lies there.
public final class Contrastive: Module, DiscriminatorTask {
    /// What pictures are compared with.
    public enum Form: String, SettingChoice {
        /// The label's vector and all other pictures: those of the label draw near, others are pushed away.
        case twoC = "2c"
        /// The label's vector, and pictures of other labels as far as they are too near.
        case dataToData = "d2d-ce"
    }

    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What pictures are compared with.
        public var form = Form.dataToData
        /// The weight on the discriminator's turn.
        public var weight: Scheduled = 1
        /// The weight on the generator's turn.
        public var generatorWeight: Scheduled = 1
        /// Numbers of a picture's vector.
        public var width = 512
        /// What cosines are divided by.
        public var temperature = 0.5
        /// The cosine with the label's vector from which on a picture is near enough; d2d-ce only.
        public var positiveMargin = 0.98
        /// The cosine up to which pictures of other labels are far enough; d2d-ce only.
        public var negativeMargin = 0.02

        /// As in the second paper.
        public init() {}

        /// Numbers in their ranges.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(generatorWeight, "generator-weight")
            problems.expect(width, in: 1...8192, "width")
            problems.expect(
                temperature > 0,
                "temperature",
                "a number above 0",
                found: "\(temperature)"
            )
            problems.expect(positiveMargin, in: -1...1, "positive-margin")
            problems.expect(negativeMargin, in: -1...1, "negative-margin")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "contrastive"
    /// What it is.
    public static let summary = "pictures of a label near its vector, away from others: 2C, D2D-CE"
    /// The paper that it follows.
    public static let source =
        "Kang and Park, ContraGAN, 2020 (2c); Kang et al., Rebooting ACGAN, 2021 (d2d-ce)"

    /// The weight on the discriminator's turn.
    public var weight: Scheduled { settings.weight }
    /// The weight on the generator's turn.
    public var generatorWeight: Scheduled { settings.generatorWeight }

    private let settings: Settings
    private let spec: ImageSpec
    private let head: Dense
    private let labels: Embedding

    /// A head on the trunk's vector, and a vector for each label.
    public init(
        _ settings: Settings,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        self.spec = spec
        head = Dense(inputs: trunk.vector, outputs: settings.width, using: streams.weights)
        labels = Embedding(
            count: max(spec.labels, 1),
            width: settings.width,
            using: streams.weights
        )
    }

    /// How far real pictures lie from where their labels have them.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        TaskLoss(loss(turn.realFeatures, turn.real.labels))
    }

    /// How far drawn pictures lie from where what was asked for has them.
    public func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss? {
        turn.fake.labels == nil ? nil : TaskLoss(loss(turn.fakeFeatures, turn.fake.labels))
    }

    private func loss(_ features: Features, _ given: Tensor?) -> Tensor {
        guard let given else { preconditionFailure("contrastive needs labels") }
        let pictures = head(features.vector.inFloat32()).normalized(along: 1).wholeBatch()
        let wanted = spec.vectors(given, as: pictures.dtype).wholeBatch()
        return Contrastive.loss(
            pictures,
            labels(wanted).normalized(along: 1),
            wanted,
            settings
        )
    }

    /// The loss of vectors of length 1.
    ///
    /// - Parameters:
    ///   - pictures: N×width.
    ///   - own: The vector of each picture's label, N×width.
    ///   - wanted: Labels as numbers, N×labels: equal rows are of one label.
    ///   - settings: Form, temperature and margins.
    /// - Returns: One number.
    package static func loss(
        _ pictures: Tensor,
        _ own: Tensor,
        _ wanted: Tensor,
        _ settings: Settings
    ) -> Tensor {
        let count = pictures.size(0)
        let likeness = pictures.multiplied(by: pictures.transposed(0, 1))
        let near = (pictures * own).sum(over: [1], keepingDimensions: true)
        let isSelf = Tensor.identity(count, dtype: .float32, device: pictures.device)
            .isGreater(than: 0.5)
        let lengths = wanted.squared().sum(over: [1], keepingDimensions: true)
        let apart =
            lengths + lengths.transposed(0, 1)
            - wanted.multiplied(by: wanted.transposed(0, 1)) * 2
        let isOther = apart.isGreater(than: 1e-6)
        let isSame = apart.isLess(than: 1e-6)
        func sum(_ first: Tensor, _ rest: Tensor) -> Tensor {
            Tensor.concatenated([first, rest], along: 1).logSumExp(over: [1])
        }
        switch settings.form {
        case .twoC:
            let first = near / settings.temperature
            let others = (likeness / settings.temperature).filled(with: -.infinity, where: isSelf)
            let alike = others.filled(with: -.infinity, where: isOther)
            return (sum(first, others) - sum(first, alike)).mean()
        case .dataToData:
            let first = -(settings.positiveMargin - near).relu() / settings.temperature
            let others = ((likeness - settings.negativeMargin).relu() / settings.temperature)
                .filled(with: -.infinity, where: isSame)
            return (sum(first, others) - first.squeezed(1)).mean()
        }
    }
}
