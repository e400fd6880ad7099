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

    /// Whether all figures are numbers.
    public var isFinite: Bool { named.allSatisfy { $0.value.isFinite } }

    /// The figures under the names that StyleGAN gave them.
    public var named: [(name: String, value: Double)] {
        [
            ("Loss/G/loss", generatorLoss), ("Loss/D/loss", discriminatorLoss),
            ("Loss/scores/real", realScore), ("Loss/scores/fake", fakeScore),
            ("Loss/signs/real", realSign), ("Loss/signs/fake", fakeSign),
        ]
    }

    /// Reads losses and logits in one go, so that a graphics card is waited for once.
    public init(generatorLoss: Tensor, discriminatorLoss: Tensor, real: Tensor, fake: Tensor) {
        let values = withoutGradients {
            Tensor.stacked([
                generatorLoss.detached(), discriminatorLoss.detached(), real.mean(), fake.mean(),
                real.sign().mean(), fake.sign().mean(),
            ]).doubles()
        }
        self.generatorLoss = values[0]
        self.discriminatorLoss = values[1]
        realScore = values[2]
        fakeScore = values[3]
        realSign = values[4]
        fakeSign = values[5]
    }
}
