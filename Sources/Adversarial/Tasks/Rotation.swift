import Neural
import Runs
import Settings
import Torch

/// The discriminator also tells by how many quarter turns pictures were rotated.
public final class Rotation: Module, DiscriminatorTask {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight on the discriminator's turn.
        public var weight: Scheduled = 1
        /// The weight on the generator's turn.
        public var generatorWeight: Scheduled = 0.2
        /// The share of a batch that is rotated.
        public var share = 0.25

        /// The numbers of the paper.
        public init() {}

        /// A share above zero.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(
                share > 0 && share <= 1,
                "share",
                "a number greater than 0, at most 1",
                found: "\(share)"
            )
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "rotation"
    /// What it is.
    public static let summary = "the discriminator also tells how pictures were rotated"
    /// The paper that it follows.
    public static let source = "Chen et al., Self-supervised GANs via auxiliary rotation loss, 2019"

    /// The weight on the discriminator's turn.
    public var weight: Scheduled { settings.weight }
    /// The weight on the generator's turn.
    public var generatorWeight: Scheduled { settings.generatorWeight }

    private let settings: Settings
    private let head: Dense
    /// Quarter turns that keep the picture's shape.
    private let turns: [Int]

    /// A head on the trunk's vector.
    public init(
        _ settings: Settings,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        self.settings = settings
        turns = spec.height == spec.width ? [0, 1, 2, 3] : [0, 2]
        head = Dense(inputs: trunk.vector, outputs: turns.count, using: streams.weights)
    }

    /// Logits of the turns.
    public func callAsFunction(_ features: Features) -> Tensor {
        head(features.vector.inFloat32())
    }

    /// Cross-entropy on rotated real pictures.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        let pictures = turn.augmented(turn.real.pictures.detached())
        return loss(of: pictures, turn.real.labels) { turn.features($0, labels: $1) }
    }

    /// Cross-entropy on rotated drawn pictures.
    public func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss? {
        loss(of: turn.fake.pictures, turn.fake.labels) { turn.features($0, labels: $1) }
    }

    /// Pictures in all their rotations, and how far each was turned.
    ///
    /// Shape: N×C×H×W → (turns·N)×C×H×W and turns·N.
    public func rotated(_ pictures: Tensor) -> (pictures: Tensor, turns: Tensor) {
        let count = pictures.size(0)
        return (
            Tensor.concatenated(
                turns.map { $0 == 0 ? pictures : pictures.rotated(quarterTurns: $0) }
            ),
            Tensor(turns.indices.flatMap { [Int](repeating: $0, count: count) })
                .moved(to: pictures.device)
        )
    }

    private func loss(
        of pictures: Tensor,
        _ labels: Tensor?,
        features: (Tensor, Tensor?) -> Features
    ) -> TaskLoss {
        let total = pictures.size(0)
        let count = max(Int((Double(total) * settings.share).rounded()), 1)
        let last = total - count..<total
        let (rotated, turns) = rotated(pictures.sliced(last, along: 0))
        let own = labels.map { labels in
            Tensor.concatenated(self.turns.map { _ in labels.sliced(last, along: 0) })
        }
        let named = self(features(rotated, own))
        let hot = turns.oneHot(classes: self.turns.count, dtype: named.dtype)
        let loss = -(named.logSoftmax(along: 1) * hot).sum(over: [1]).mean()
        let accuracy = withoutGradients {
            (named.argmax(along: 1) .== turns).converted(to: named.dtype).mean()
        }
        return TaskLoss(loss, figures: [("accuracy", accuracy)])
    }
}
