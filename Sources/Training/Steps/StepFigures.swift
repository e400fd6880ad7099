import Torch

/// What one step showed, as numbers.
public struct StepFigures: Sendable, Equatable {
    /// The generator's loss.
    public var generatorLoss: Double
    /// The discriminator's loss, real and drawn pictures together.
    public var discriminatorLoss: Double
    /// Mean logit of real pictures.
    public var realScore: Double
    /// Mean logit of drawn pictures.
    public var fakeScore: Double
    /// Mean sign of real pictures' logits: near 1 when the discriminator knows its data by heart.
    public var realSign: Double
    /// Mean sign of drawn pictures' logits.
    public var fakeSign: Double
    /// What the losses' parts were, by the names that they have in the journal.
    public var parts: [String: Double]

    /// Whether all figures are numbers.
    public var isFinite: Bool { named.allSatisfy { $0.value.isFinite } }

    /// The figures under the names that StyleGAN gave them, then the parts by name.
    public var named: [(name: String, value: Double)] {
        [
            ("Loss/G/loss", generatorLoss), ("Loss/D/loss", discriminatorLoss),
            ("Loss/scores/real", realScore), ("Loss/scores/fake", fakeScore),
            ("Loss/signs/real", realSign), ("Loss/signs/fake", fakeSign),
        ] + parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Reads losses and logits in one go, so that a graphics card is waited for once.
    ///
    /// - Parameters:
    ///   - generatorLoss: One number.
    ///   - discriminatorLoss: One number.
    ///   - real: Logits of real pictures.
    ///   - fake: Logits of drawn pictures.
    ///   - parts: One number each, by name.
    ///   - known: Numbers that are known already, by name.
    public init(
        generatorLoss: Tensor,
        discriminatorLoss: Tensor,
        real: Tensor,
        fake: Tensor,
        parts: [(name: String, value: Tensor)] = [],
        known: [(name: String, value: Double)] = []
    ) {
        let values = withoutGradients {
            Tensor.stacked(
                [
                    generatorLoss.detached(), discriminatorLoss.detached(), real.mean(),
                    fake.mean(), real.sign().mean(), fake.sign().mean(),
                ].map { $0.converted(to: .float64) }
                    + parts.map { $0.value.detached().converted(to: .float64) }
            ).doubles()
        }
        self.generatorLoss = values[0]
        self.discriminatorLoss = values[1]
        realScore = values[2]
        fakeScore = values[3]
        realSign = values[4]
        fakeSign = values[5]
        self.parts = Dictionary(
            zip(parts.map(\.name), values.dropFirst(6)).map { ($0, $1) } + known.map { ($0, $1) }
        ) { first, _ in first }
    }
}
