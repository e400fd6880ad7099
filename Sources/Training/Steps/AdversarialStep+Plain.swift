import Adversarial
import Torch

/// Steps with nothing but the adversarial loss, where one look at the drawn pictures serves both.
extension AdversarialStep {
    /// Whether one backward pass through the discriminator can serve both players.
    var sharesGradient: Bool {
        objective.loss == .binaryCrossEntropy && !discriminator.mixesSamples
    }

    /// Both losses from one backward pass through the discriminator on drawn pictures.
    ///
    /// The derivative of L_G by each drawn picture is that of L_D times −e^(−a), a its logit: see
    /// `AdversarialLoss.gradientRatio`. Where e^(−a) could overflow what L_D's derivative has
    /// lost, the second pass is made.
    func shared(_ real: Pictures, _ fake: Pictures) -> StepFigures {
        let leaf = fake.pictures.requiringGradient()
        let judged = judge(real, (leaf, fake.labels))
        let discriminatorLoss = discriminatorLoss(judged.real, judged.fake)
        let generatorLoss = objective.loss.generator(fake: judged.fake)
        let logits = judged.fake.detached()
        let isSafe = logits.min().item() > -30
        let found = gradients(
            of: discriminatorLoss,
            for: discriminatorParameters + [leaf],
            keepsGraph: !isSafe
        )
        let forGenerator: Tensor
        if isSafe, let ratio = objective.loss.gradientRatio(fake: logits) {
            forGenerator = found[found.count - 1] * ratio.reshaped([-1, 1, 1, 1])
        } else {
            forGenerator = gradients(of: generatorLoss, for: [leaf])[0]
        }
        moveGenerator(
            gradients(
                of: fake.pictures,
                for: generatorParameters,
                seed: forGenerator.converted(to: fake.pictures.dtype),
                allowsUnused: true
            )
        )
        moveDiscriminator(Array(found.dropLast()))
        return StepFigures(
            generatorLoss: generatorLoss,
            discriminatorLoss: discriminatorLoss,
            real: judged.real,
            fake: judged.fake
        )
    }

    /// Both losses from a backward pass each: for any loss and any discriminator.
    func separate(_ real: Pictures, _ fake: Pictures) -> StepFigures {
        let judged = judge(real, fake)
        let discriminatorLoss = discriminatorLoss(judged.real, judged.fake)
        let generatorLoss = objective.loss.generator(fake: judged.fake)
        let forGenerator = gradients(
            of: generatorLoss,
            for: generatorParameters,
            keepsGraph: true,
            allowsUnused: true
        )
        let forDiscriminator = gradients(of: discriminatorLoss, for: discriminatorParameters)
        moveGenerator(forGenerator)
        moveDiscriminator(forDiscriminator)
        return StepFigures(
            generatorLoss: generatorLoss,
            discriminatorLoss: discriminatorLoss,
            real: judged.real,
            fake: judged.fake
        )
    }

    private func judge(_ real: Pictures, _ fake: Pictures) -> (real: Tensor, fake: Tensor) {
        (logits(real), logits(fake))
    }

    private func logits(_ batch: Pictures) -> Tensor {
        autocast { discriminator(batch.pictures, labels: batch.labels) }.inFloat32()
    }

    private func discriminatorLoss(_ real: Tensor, _ fake: Tensor) -> Tensor {
        objective.loss.discriminator(real: real, fake: fake, smoothing: objective.smoothing)
    }
}
