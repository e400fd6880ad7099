import Adversarial
import Neural
import Optimizers
import Torch

/// One turn of both players.
public final class AdversarialStep {
    /// A batch of real pictures, −1 … 1, and their classes.
    public typealias Pictures = (pictures: Tensor, labels: Tensor?)

    let generator: any Generator
    let discriminator: any Discriminator
    let generatorOptimizer: Optimizer
    let discriminatorOptimizer: Optimizer
    let latents: LatentSource
    private let loss: AdversarialLoss
    private let smoothing: Double
    private let precision: DType?

    /// A step on these networks; `precision` is the shorter type of the heavy operations, if any.
    public init(
        generator: any Generator,
        discriminator: any Discriminator,
        generatorOptimizer: Optimizer,
        discriminatorOptimizer: Optimizer,
        latents: LatentSource,
        loss: AdversarialLoss,
        smoothing: Double = 0,
        precision: DType? = nil
    ) {
        self.generator = generator
        self.discriminator = discriminator
        self.generatorOptimizer = generatorOptimizer
        self.discriminatorOptimizer = discriminatorOptimizer
        self.latents = latents
        self.loss = loss
        self.smoothing = smoothing
        self.precision = precision
    }

    /// A step on the players of a run.
    convenience init(
        _ players: Players,
        loss: AdversarialLoss,
        smoothing: Double = 0,
        precision: DType? = nil
    ) {
        self.init(
            generator: players.generator,
            discriminator: players.discriminator,
            generatorOptimizer: players.generatorOptimizer,
            discriminatorOptimizer: players.discriminatorOptimizer,
            latents: players.latents,
            loss: loss,
            smoothing: smoothing,
            precision: precision
        )
    }

    /// Both players learn from one batch of drawn pictures, neither having moved before.
    ///
    /// - Parameters:
    ///   - real: Real pictures.
    ///   - noise: Latents to draw from; fresh ones when absent.
    ///   - isShared: Whether one backward pass may serve both players where that is exact.
    /// - Returns: What the step showed.
    public func simultaneous(
        _ real: Pictures,
        noise: Tensor? = nil,
        isShared: Bool = true
    ) -> StepFigures {
        let pictures = draw(real.pictures.size(0), real, noise)
        return isShared && sharesGradient ? shared(real, pictures) : separate(real, pictures)
    }

    /// The discriminator learns from each real batch and fresh drawings, then the generator once.
    public func alternating(_ batches: [Pictures]) -> StepFigures {
        precondition(!batches.isEmpty, "an alternating step needs at least one batch")
        var seen: (loss: Tensor, real: Tensor)?
        for real in batches {
            let fake = withoutGradients { draw(real.pictures.size(0), real) }
            let judged = judge(real, (fake.pictures.detached(), fake.labels))
            let loss = discriminatorLoss(judged.real, judged.fake)
            discriminatorOptimizer.step(gradients(of: loss, for: discriminatorParameters))
            seen = (loss, judged.real)
        }
        let last = batches[batches.count - 1]
        let fake = draw(last.pictures.size(0), last)
        let logits = logits(fake)
        let generatorLoss = loss.generator(fake: logits)
        generatorOptimizer.step(gradients(of: generatorLoss, for: generatorParameters))
        guard let seen else { preconditionFailure("no batch was seen") }
        return StepFigures(
            generatorLoss: generatorLoss,
            discriminatorLoss: seen.loss,
            real: seen.real,
            fake: logits
        )
    }

    /// Turns that the generator has had.
    public var generatorSteps: Int { generatorOptimizer.stepCount }

    /// Turns that the discriminator has had.
    public var discriminatorSteps: Int { discriminatorOptimizer.stepCount }

    private var generatorParameters: [Tensor] { generator.parameters.map(\.wrappedValue) }

    private var discriminatorParameters: [Tensor] {
        discriminator.parameters.map(\.wrappedValue)
    }

    /// Whether one backward pass through the discriminator can serve both players.
    private var sharesGradient: Bool { loss == .binaryCrossEntropy && !discriminator.mixesSamples }

    /// Both losses from one backward pass through the discriminator on drawn pictures.
    ///
    /// The derivative of L_G by each drawn picture is that of L_D times −e^(−a), a its logit: see
    /// `AdversarialLoss.gradientRatio`. Where e^(−a) could overflow what L_D's derivative has
    /// lost, the second pass is made.
    private func shared(_ real: Pictures, _ fake: Pictures) -> StepFigures {
        let leaf = fake.pictures.requiringGradient()
        let judged = judge(real, (leaf, fake.labels))
        let discriminatorLoss = discriminatorLoss(judged.real, judged.fake)
        let generatorLoss = loss.generator(fake: judged.fake)
        let logits = judged.fake.detached()
        let isSafe = logits.min().item() > -30
        let found = gradients(
            of: discriminatorLoss,
            for: discriminatorParameters + [leaf],
            keepsGraph: !isSafe
        )
        let forGenerator: Tensor
        if isSafe, let ratio = loss.gradientRatio(fake: logits) {
            forGenerator = found[found.count - 1] * ratio.reshaped([-1, 1, 1, 1])
        } else {
            forGenerator = gradients(of: generatorLoss, for: [leaf])[0]
        }
        generatorOptimizer.step(
            gradients(
                of: fake.pictures,
                for: generatorParameters,
                seed: forGenerator.converted(to: fake.pictures.dtype)
            )
        )
        discriminatorOptimizer.step(Array(found.dropLast()))
        return StepFigures(
            generatorLoss: generatorLoss,
            discriminatorLoss: discriminatorLoss,
            real: judged.real,
            fake: judged.fake
        )
    }

    /// Both losses from a backward pass each: for any loss and any discriminator.
    private func separate(_ real: Pictures, _ fake: Pictures) -> StepFigures {
        let judged = judge(real, fake)
        let discriminatorLoss = discriminatorLoss(judged.real, judged.fake)
        let generatorLoss = loss.generator(fake: judged.fake)
        let forGenerator = gradients(
            of: generatorLoss,
            for: generatorParameters,
            keepsGraph: true
        )
        let forDiscriminator = gradients(of: discriminatorLoss, for: discriminatorParameters)
        generatorOptimizer.step(forGenerator)
        discriminatorOptimizer.step(forDiscriminator)
        return StepFigures(
            generatorLoss: generatorLoss,
            discriminatorLoss: discriminatorLoss,
            real: judged.real,
            fake: judged.fake
        )
    }

    /// As many drawings as real pictures, asked for classes in the data's own proportions.
    private func draw(_ count: Int, _ real: Pictures, _ noise: Tensor? = nil) -> Pictures {
        let noise = noise ?? latents.latents(count, device: real.pictures.device)
        let labels = generator.classCount > 0 ? real.labels : nil
        return autocast(precision, on: real.pictures.device.kind) {
            (generator(noise, labels: labels), labels)
        }
    }

    private func judge(_ real: Pictures, _ fake: Pictures) -> (real: Tensor, fake: Tensor) {
        (logits(real), logits(fake))
    }

    private func logits(_ batch: Pictures) -> Tensor {
        autocast(precision, on: batch.pictures.device.kind) {
            discriminator(batch.pictures, labels: batch.labels)
        }.widened()
    }

    private func discriminatorLoss(_ real: Tensor, _ fake: Tensor) -> Tensor {
        loss.discriminator(real: real, smoothing: smoothing) + loss.discriminator(fake: fake)
    }
}

extension Tensor {
    /// Losses are computed in single precision at least.
    fileprivate func widened() -> Tensor {
        dtype == .float64 ? self : converted(to: .float32)
    }
}
