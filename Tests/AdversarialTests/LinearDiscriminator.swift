import Adversarial
import Neural
import Torch

/// D(x) = Σ a·x: every penalty of it is known.
final class LinearDiscriminator: Module, Discriminator {
    @Parameter var weight: Tensor

    init(_ weight: Tensor) { self.weight = weight }

    var mixesSamples: Bool { false }
    var sharedWeight: Tensor { weight }

    func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        Features(maps: [pictures], vector: pictures.flattened(from: 1))
    }

    func logits(_ features: Features, labels: Tensor?) -> Tensor {
        (features.vector * weight.reshaped([1, -1])).sum(over: [1])
    }
}

extension DiscriminatorTurn {
    /// A turn of a discriminator on these pictures, with nothing shortened and nothing augmented
    /// unless it is said how.
    init(
        _ discriminator: any Discriminator,
        real: Tensor,
        fake: Tensor,
        labels: Tensor? = nil,
        loss: AdversarialLoss = .wasserstein,
        turn: Int = 0,
        augmented: @escaping (Tensor) -> Tensor = { $0 }
    ) {
        let (real, fake) = (real.requiringGradient(), fake.requiringGradient())
        let features = [real, fake].map { discriminator.features(augmented($0), labels: labels) }
        self.init(
            discriminator: discriminator,
            loss: loss,
            real: (real, labels),
            fake: (fake, labels),
            realFeatures: features[0],
            fakeFeatures: features[1],
            realLogits: discriminator.logits(features[0], labels: labels),
            fakeLogits: discriminator.logits(features[1], labels: labels),
            images: 0,
            turn: turn,
            source: RandomSource(seed: 11),
            augmented: augmented,
            autocast: Autocast(nil)
        )
    }
}
