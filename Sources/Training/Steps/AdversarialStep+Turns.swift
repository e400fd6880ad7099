import Adversarial
import Torch

/// Turns with everything that an objective can have.
extension AdversarialStep {
    /// What a turn found, before anything moves.
    struct Turn {
        var gradients: [Tensor]
        var loss: Tensor
        var real: Tensor
        var fake: Tensor
        var parts: [(name: String, value: Tensor)]

        /// The mean of several turns on equally many pictures.
        static func mean(_ turns: [Turn]) -> Turn {
            guard turns.count > 1 else { return turns[0] }
            let share = 1 / Double(turns.count)
            var mean = turns[0]
            withoutGradients {
                mean.gradients = turns[0].gradients.indices.map { index in
                    turns.dropFirst().reduce(turns[0].gradients[index]) {
                        $0 + $1.gradients[index]
                    } * share
                }
                mean.loss = turns.dropFirst().reduce(turns[0].loss) { $0 + $1.loss } * share
            }
            return mean
        }
    }

    /// What the discriminator makes of pictures.
    typealias Look = (features: Features, logits: Tensor)

    /// What the discriminator makes of drawings, augmented, with the record of how they were drawn.
    func lookAtDrawn(_ fake: Pictures) -> Look { look((augmented(fake.pictures), fake.labels)) }

    /// The discriminator's gradients on real and drawn pictures.
    ///
    /// - Parameters:
    ///   - real: Real pictures.
    ///   - drawing: Drawn ones.
    ///   - seen: What was made of the drawn ones, if that is known; it is needed once more.
    /// - Returns: What the turn found.
    func discriminatorTurn(_ real: Pictures, _ drawing: Drawn, seen: Look? = nil) -> Turn {
        let fake = drawing.fake
        let number = discriminatorSteps
        let needs = objective.regularisers.map { $0.needs(turn: number) }
        let drawn = fake.pictures.detached()
        let real = objective.shownAsReal(real, among: (drawn, fake.labels), using: source)
        let realLeaf =
            needs.contains { $0.real } ? real.pictures.requiringGradient() : real.pictures
        let fakeLeaf = needs.contains { $0.fake } ? drawn.requiringGradient() : drawn
        let seenReal = look((augmented(realLeaf), real.labels))
        let seenFake = seen ?? look((augmented(fakeLeaf), fake.labels))
        var turn = DiscriminatorTurn(
            discriminator: discriminator,
            loss: objective.loss,
            real: (realLeaf, real.labels),
            fake: (fakeLeaf, fake.labels),
            realFeatures: seenReal.features,
            fakeFeatures: seenFake.features,
            realLogits: seenReal.logits,
            fakeLogits: seenFake.logits,
            images: images,
            turn: number,
            source: source,
            augmented: { [self] in augmented($0) },
            autocast: autocast
        )
        turn.latents = drawing.latents
        turn.drawing = { [self] latents in
            withoutGradients { autocast { generator(latents, labels: fake.labels) } }
        }
        let found = objective.discriminatorLoss(turn)
        for augmentation in objective.augmentations {
            augmentation.observe(real: seenReal.logits, count: real.pictures.size(0))
        }
        return Turn(
            gradients: gradients(
                of: found.loss,
                for: discriminatorParameters,
                keepsGraph: seen != nil,
                allowsUnused: true
            ),
            loss: found.loss.detached(),
            real: seenReal.logits.detached(),
            fake: seenFake.logits.detached(),
            parts: found.figures.map { ($0.name, $0.value.detached()) }
        )
    }

    /// The generator's gradients on what it drew.
    ///
    /// - Parameters:
    ///   - real: Real pictures.
    ///   - drawn: Drawn ones.
    ///   - seen: What the discriminator made of the drawn ones, if that is known.
    /// - Returns: What the turn found.
    func generatorTurn(_ real: Pictures, _ drawn: Drawn, seen: Look? = nil) -> Turn {
        let fake = drawn.fake
        let seen = seen ?? lookAtDrawn(fake)
        // Real pictures are looked at once, and only where something asks.
        let seenReal = Once { [self] in
            withoutGradients { look((augmented(real.pictures), real.labels)) }
        }
        let turn = GeneratorTurn(
            generator: generator,
            discriminator: discriminator,
            real: real,
            fake: fake,
            latents: drawn.latents,
            fakeFeatures: seen.features,
            realFeatures: { seenReal.value.features },
            restored: restored,
            images: images,
            turn: generatorSteps,
            source: source,
            autocast: autocast
        )
        let adversarial = objective.loss.generator(
            fake: objective.counted(seen.logits, images: images),
            real: objective.loss.comparesWithReal ? seenReal.value.logits : nil
        )
        let found = objective.generatorLoss(adversarial, turn)
        let own = drawn.auxiliaryLosses?(turn)
        let parts = found.figures + (own?.figures.map { ("Loss/R/\($0.name)", $0.value) } ?? [])
        return Turn(
            gradients: gradients(
                of: own.map { found.loss + $0.loss } ?? found.loss,
                for: generatorParameters,
                allowsUnused: true
            ),
            loss: found.loss.detached(),
            real: seen.logits.detached(),
            fake: seen.logits.detached(),
            parts: parts.map { ($0.name, $0.value.detached()) }
        )
    }

    /// Fills what a mask hides, where the discriminator learns that.
    private var restored: ((Tensor, Tensor) -> Tensor)? {
        guard let task = objective.task(Restoration.self) else { return nil }
        return { [self] pictures, visible in
            withoutGradients {
                autocast { task.filled(pictures, visible: visible, by: discriminator) }.inFloat32()
            }
        }
    }

    private func augmented(_ pictures: Tensor) -> Tensor {
        objective.augmented(
            pictures,
            seenBy: discriminator,
            images: images,
            using: source
        )
    }

    private func look(_ batch: Pictures) -> Look {
        autocast {
            let features = discriminator.features(batch.pictures, labels: batch.labels)
            let logits = discriminator.logits(features, labels: batch.labels)
            return (features, logits.inFloat32())
        }
    }
}

/// Something that is made when it is first asked for.
private final class Once<Value> {
    lazy var value = make()
    private let make: () -> Value

    init(_ make: @escaping () -> Value) { self.make = make }
}
