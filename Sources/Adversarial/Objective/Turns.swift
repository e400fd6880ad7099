import Neural
import Runs
import Torch

/// Pictures with their labels, −1 … 1.
public typealias LabelledPictures = (pictures: Tensor, labels: Tensor?)

/// The first pictures of a batch, so large a share of it, and one at least.
public func leading(_ share: Double, of batch: LabelledPictures) -> LabelledPictures {
    let count = batch.pictures.size(0)
    let wanted = max(Int((share * Double(count)).rounded()), 1)
    guard wanted < count else { return batch }
    return (
        batch.pictures.sliced(0..<wanted, along: 0),
        batch.labels.map { $0.sliced(0..<wanted, along: 0) }
    )
}

/// One turn of the discriminator: what its loss and all that is added to it can see.
public struct DiscriminatorTurn {
    /// The network whose turn it is.
    public let discriminator: any Discriminator
    /// What the players want.
    public let loss: AdversarialLoss
    /// Real pictures before any augmentation; leaves for derivatives where a part asked for them.
    public let real: LabelledPictures
    /// Drawn pictures, likewise; never with a record of how they were drawn.
    public let fake: LabelledPictures
    /// What the trunk saw in the real pictures, augmented.
    public let realFeatures: Features
    /// What it saw in the drawn ones.
    public let fakeFeatures: Features
    /// Logits of the real pictures, augmented.
    public let realLogits: Tensor
    /// Logits of the drawn ones.
    public let fakeLogits: Tensor
    /// Real pictures shown so far.
    public let images: Int
    /// Turns that the discriminator has had.
    public let turn: Int
    /// What is left to chance.
    public let source: RandomSource
    /// Augments pictures as the turn's own were, by other numbers.
    public let augmented: (Tensor) -> Tensor
    /// Runs heavy operations in the shorter type, if any.
    public let autocast: Autocast
    /// The head that tells classes, where the discriminator learns them.
    public var naming: Classification?
    /// The latents that pictures were drawn from, where they are known.
    public var latents: Tensor?
    /// Draws pictures of other latents, as asked for as the turn's own, without a record.
    public var drawing: ((Tensor) -> Tensor)?

    package init(
        discriminator: any Discriminator,
        loss: AdversarialLoss,
        real: LabelledPictures,
        fake: LabelledPictures,
        realFeatures: Features,
        fakeFeatures: Features,
        realLogits: Tensor,
        fakeLogits: Tensor,
        images: Int,
        turn: Int,
        source: RandomSource,
        augmented: @escaping (Tensor) -> Tensor,
        autocast: Autocast
    ) {
        self.discriminator = discriminator
        self.loss = loss
        self.real = real
        self.fake = fake
        self.realFeatures = realFeatures
        self.fakeFeatures = fakeFeatures
        self.realLogits = realLogits
        self.fakeLogits = fakeLogits
        self.images = images
        self.turn = turn
        self.source = source
        self.augmented = augmented
        self.autocast = autocast
    }

    /// Features of other pictures, heavy operations in the shorter type.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        autocast { discriminator.features(pictures, labels: labels) }
    }

    /// Logits of other pictures, in single precision at least.
    public func logits(_ pictures: Tensor, labels: Tensor?) -> Tensor {
        autocast { discriminator(pictures, labels: labels) }.inFloat32()
    }
}

extension DiscriminatorTurn {
    /// Points between real and drawn pictures, one on each line from one of these to one of those.
    public func between() -> Tensor {
        let (real, fake) = (real.pictures.detached(), fake.pictures.detached())
        let shares = Tensor.uniform(
            [real.size(0), 1, 1, 1],
            dtype: real.dtype,
            device: real.device,
            using: source
        )
        return fake + (real - fake) * shares
    }

    /// How steep the discriminator is at points, with a record for derivatives.
    ///
    /// Shape: N×C×H×W → N.
    public func slopes(at points: Tensor) -> Tensor {
        let points = points.requiringGradient()
        let logits = logits(augmented(points), labels: real.labels)
        let witness = loss.witness(of: logits, real: realLogits, fake: fakeLogits)
        let slope = gradients(of: witness.sum(), for: [points], createsGraph: true)[0]
        // The root's own slope at zero would be infinite.
        return (slope.inFloat32().squared().sum(over: [1, 2, 3]) + 1e-12).squareRoot()
    }
}

/// One turn of the generator.
public struct GeneratorTurn {
    /// The network whose turn it is.
    public let generator: any Generator
    /// The network that judges it.
    public let discriminator: any Discriminator
    /// Real pictures, before augmentation.
    public let real: LabelledPictures
    /// Drawn pictures before augmentation, with the record of how they were drawn.
    public let fake: LabelledPictures
    /// The latents that they were drawn from.
    public let latents: Tensor
    /// What the trunk saw in the drawn pictures, augmented.
    public let fakeFeatures: Features
    /// What it saw in the real ones, without a record; made when first asked for.
    public let realFeatures: () -> Features
    /// Fills what a mask (1 where visible) hides of pictures, where the discriminator learns that.
    public let restored: ((_ pictures: Tensor, _ visible: Tensor) -> Tensor)?
    /// Real pictures shown so far.
    public let images: Int
    /// Turns that the generator has had.
    public let turn: Int
    /// What is left to chance.
    public let source: RandomSource
    /// Runs heavy operations in the shorter type, if any.
    public let autocast: Autocast

    package init(
        generator: any Generator,
        discriminator: any Discriminator,
        real: LabelledPictures,
        fake: LabelledPictures,
        latents: Tensor,
        fakeFeatures: Features,
        realFeatures: @escaping () -> Features,
        restored: ((_ pictures: Tensor, _ visible: Tensor) -> Tensor)? = nil,
        images: Int,
        turn: Int,
        source: RandomSource,
        autocast: Autocast
    ) {
        self.generator = generator
        self.discriminator = discriminator
        self.real = real
        self.fake = fake
        self.latents = latents
        self.fakeFeatures = fakeFeatures
        self.realFeatures = realFeatures
        self.restored = restored
        self.images = images
        self.turn = turn
        self.source = source
        self.autocast = autocast
    }

    /// Features of other pictures, heavy operations in the shorter type.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        autocast { discriminator.features(pictures, labels: labels) }
    }
}

extension GeneratorTurn {
    /// Σ mean |φ(x̂) − φ(x)| over the discriminator's maps, for drawings of the real pictures
    /// themselves.
    public var featureDistance: Tensor {
        zip(fakeFeatures.maps, realFeatures().maps).reduce(Tensor.zeros([])) { sum, maps in
            sum.moved(to: maps.0.device)
                + (maps.0.inFloat32() - maps.1.detached().inFloat32()).absolute().mean()
        }
    }
}

/// Runs heavy operations in a shorter type, if there is one.
public struct Autocast: Sendable {
    private let dtype: DType?
    private let kind: Device.Kind

    package init(_ dtype: DType?, on kind: Device.Kind = .cpu) {
        (self.dtype, self.kind) = (dtype, kind)
    }

    /// The body's result.
    public func callAsFunction<Result>(_ body: () -> Result) -> Result {
        autocast(dtype, on: kind, body)
    }
}

extension Tensor {
    /// Losses are computed in single precision at least.
    package func inFloat32() -> Tensor { dtype == .float64 ? self : converted(to: .float32) }
}
