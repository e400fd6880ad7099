import Torch

/// What one step showed, as numbers.
public struct StepFigures: Sendable, Equatable {
    /// The figures by the names that they have in the journal.
    public private(set) var values: [String: Double]

    /// The generator's loss.
    public var generatorLoss: Double { values["Loss/G/loss"] ?? .nan }
    /// The discriminator's loss, real and drawn pictures together.
    public var discriminatorLoss: Double { values["Loss/D/loss"] ?? .nan }

    /// Whether all figures are numbers.
    public var isFinite: Bool { values.values.allSatisfy(\.isFinite) }

    /// Figures that are known.
    public init(_ named: [(name: String, value: Double)]) {
        values = Dictionary(named.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Reads losses and logits in one go, so that a graphics card is waited for once; they get the
    /// names that StyleGAN gave them.
    ///
    /// Signs are near 1 when the discriminator knows its data by heart.
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
        let names = [
            "Loss/G/loss", "Loss/D/loss", "Loss/scores/real", "Loss/scores/fake",
            "Loss/signs/real", "Loss/signs/fake",
        ]
        self.init(Array(zip(names + parts.map(\.name), values)) + known)
    }
}
