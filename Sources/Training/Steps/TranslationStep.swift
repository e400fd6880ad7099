import Adversarial
import Checks
import Neural
import Optimizers
import Runs
import Torch

/// One step of networks that translate pictures and of those that judge them.
public final class TranslationStep {
    let generator: TranslationGenerator
    let judges: TranslationJudges
    let generatorOptimizer: Optimizer
    let judgeOptimizer: Optimizer
    /// Past drawings of either direction.
    let pools: (there: PicturePool, back: PicturePool)
    /// Of the chance in the pools.
    let chance: RandomSource
    private let objective: Recipe.Objective
    private let loss: AdversarialLoss
    private let precision: DType?

    /// A step on these networks.
    ///
    /// - Parameters:
    ///   - generator: The networks that translate.
    ///   - judges: The networks that judge.
    ///   - generatorOptimizer: Of the first one's parameters.
    ///   - judgeOptimizer: Of the second one's.
    ///   - pools: Where drawings are kept, one for each direction; without pairs.
    ///   - objective: The adversarial loss and its weight.
    ///   - chance: What the pools leave to chance.
    ///   - precision: The shorter type of the heavy operations, if any.
    public init(
        generator: TranslationGenerator,
        judges: TranslationJudges,
        generatorOptimizer: Optimizer,
        judgeOptimizer: Optimizer,
        pools: (there: PicturePool, back: PicturePool),
        objective: Recipe.Objective,
        chance: RandomSource,
        precision: DType? = nil
    ) {
        (self.generator, self.judges) = (generator, judges)
        (self.generatorOptimizer, self.judgeOptimizer) = (generatorOptimizer, judgeOptimizer)
        (self.pools, self.objective, self.chance) = (pools, objective, chance)
        self.precision = precision
        guard let loss = AdversarialLoss.registry[objective.loss] else {
            preconditionFailure("the unknown loss '\(objective.loss)'")
        }
        self.loss = loss
    }

    /// Learns from examples, both of whose pictures lie one above the other.
    ///
    /// - Parameters:
    ///   - examples: N×C×2H×W, −1 … 1.
    ///   - images: Examples shown before.
    /// - Returns: What the step showed.
    public func take(_ examples: Tensor, images: Int) -> StepFigures {
        let (source, target) = TranslationGenerator.sides(of: examples)
        return generator.goesBack
            ? cycle(source, target, images: images) : paired(source, target, images: images)
    }

    /// The judge learns to tell the pair of a picture and its translation from a real pair; then the generator learns to
    /// deceive the judge, and to draw what is right.
    ///
    /// Source: Isola et al., CVPR 2017, equations 1 to 4.
    private func paired(_ source: Tensor, _ target: Tensor, images: Int) -> StepFigures {
        let drawn = translated(source)
        let real = logits(target, from: source)
        let fake = logits(drawn.detached(), from: source)
        let judged = judgeLoss(real, fake)
        judgeOptimizer.step(gradients(of: judged, for: judgeOptimizer.weights))
        let seen = logits(drawn, from: source)
        let deceit = loss.generator(fake: seen) * objective.generatorWeight.value(at: images)
        let absolute = (drawn - target.inFloat32()).absolute().mean()
        let total = deceit + absolute * generator.settings.absolute
        generatorOptimizer.step(gradients(of: total, for: generatorOptimizer.weights))
        return StepFigures(
            generatorLoss: total,
            discriminatorLoss: judged,
            real: real,
            fake: fake,
            parts: [("Loss/R/absolute", absolute), ("Loss/R/adversarial", deceit)]
        )
    }

    /// Both generators learn to deceive their judges, to come back to where they began, and to leave alone what is of
    /// the wanted kind; then both judges learn from real pictures and drawings of the pools.
    ///
    /// Source: Zhu et al., ICCV 2017, equations 1 to 3, and 5.2 for the identity.
    private func cycle(_ source: Tensor, _ target: Tensor, images: Int) -> StepFigures {
        let (there, back) = (translated(source), translated(target, backwards: true))
        let deceit =
            (loss.generator(fake: logits(there))
                + loss.generator(fake: logits(back, backwards: true)))
            * objective.generatorWeight.value(at: images)
        let returned =
            apart(translated(there, backwards: true), source) + apart(translated(back), target)
        var total = deceit + returned * generator.settings.cycle
        var parts = [(name: "Loss/R/cycle", value: returned), ("Loss/R/adversarial", deceit)]
        if generator.settings.identity > 0 {
            let identity =
                apart(translated(target), target)
                + apart(translated(source, backwards: true), source)
            total = total + identity * (generator.settings.cycle * generator.settings.identity)
            parts.append(("Loss/R/identity", identity))
        }
        generatorOptimizer.step(gradients(of: total, for: generatorOptimizer.weights))
        let shown = pools.there.shown(there, using: chance)
        let shownBack = pools.back.shown(back, using: chance)
        let (real, fake) = (logits(target), logits(shown.detached()))
        let realBack = logits(source, backwards: true)
        let fakeBack = logits(shownBack.detached(), backwards: true)
        let judged = judgeLoss(real, fake) + judgeLoss(realBack, fakeBack)
        judgeOptimizer.step(gradients(of: judged, for: judgeOptimizer.weights))
        return StepFigures(
            generatorLoss: total,
            discriminatorLoss: judged,
            real: Tensor.concatenated([real, realBack]),
            fake: Tensor.concatenated([fake, fakeBack]),
            parts: parts
        )
    }

    private func apart(_ one: Tensor, _ other: Tensor) -> Tensor {
        (one - other.inFloat32()).absolute().mean()
    }

    private func judgeLoss(_ real: Tensor, _ fake: Tensor) -> Tensor {
        loss.discriminator(real: real, fake: fake, smoothing: objective.labelSmoothing)
            * generator.settings.judge.weight
    }

    private func translated(_ pictures: Tensor, backwards: Bool = false) -> Tensor {
        autocast { generator.translated(pictures, backwards: backwards) }.inFloat32()
    }

    private func logits(
        _ pictures: Tensor,
        from source: Tensor? = nil,
        backwards: Bool = false
    ) -> Tensor {
        autocast { judges(pictures, from: source, backwards: backwards) }.inFloat32()
    }

    /// Runs heavy operations in the shorter type, if any.
    private var autocast: Autocast {
        Autocast(precision, on: generatorOptimizer.weights[0].device.kind)
    }
}
