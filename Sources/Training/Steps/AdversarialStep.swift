import Adversarial
import Checks
import Neural
import Optimizers
import Torch

/// One turn of both players.
public final class AdversarialStep {
    /// A batch of real pictures, −1 … 1, and their labels.
    public typealias Pictures = LabelledPictures

    let generator: any Generator
    let discriminator: any Discriminator
    /// One for each part of the generator that learns at rates of its own.
    let generatorOptimizers: [Optimizer]
    let discriminatorOptimizer: Optimizer
    let latents: LatentSource
    let objective: Objective
    let source: RandomSource
    let precision: DType?
    /// Real pictures shown so far: where schedules stand.
    public var images = 0
    /// Whether both players move only to see what comes then.
    var isLookingAhead = false
    /// Steps of an optimizer that make one turn.
    public var stepsPerTurn = 1
    /// Batches that one turn takes together.
    public var accumulation = 1

    /// A step on these networks.
    ///
    /// - Parameters:
    ///   - generator: The network that draws.
    ///   - discriminator: The network that judges.
    ///   - generatorOptimizers: Of the first one's parameters, each once.
    ///   - discriminatorOptimizer: Of the second one's, and then of the objective's.
    ///   - latents: What is drawn from.
    ///   - objective: What both are trained for.
    ///   - source: What the objective's parts leave to chance.
    ///   - precision: The shorter type of the heavy operations, if any.
    public init(
        generator: any Generator,
        discriminator: any Discriminator,
        generatorOptimizers: [Optimizer],
        discriminatorOptimizer: Optimizer,
        latents: LatentSource,
        objective: Objective,
        source: RandomSource = RandomSource(seed: 0, purpose: "objective"),
        precision: DType? = nil
    ) {
        self.generator = generator
        self.discriminator = discriminator
        self.generatorOptimizers = generatorOptimizers
        self.discriminatorOptimizer = discriminatorOptimizer
        self.latents = latents
        self.objective = objective
        self.source = source
        self.precision = precision
    }

    /// A step on the players of a run.
    convenience init(_ players: AdversarialNetworks, precision: DType? = nil) {
        self.init(
            generator: players.generator,
            discriminator: players.discriminator,
            generatorOptimizers: players.generatorOptimizers,
            discriminatorOptimizer: players.discriminatorOptimizer,
            latents: players.latents,
            objective: players.objective,
            source: players.chance,
            precision: precision
        )
    }

    /// Turns that the generator has had.
    public var generatorSteps: Int { generatorOptimizers[0].stepCount / stepsPerTurn }

    /// Turns that the discriminator has had.
    public var discriminatorSteps: Int { discriminatorOptimizer.stepCount / stepsPerTurn }

    var generatorParameters: [Tensor] { generatorOptimizers.flatMap(\.weights) }

    /// Moves all parts of the generator.
    func moveGenerator(_ gradients: [Tensor]) {
        var start = 0
        for optimizer in generatorOptimizers {
            let end = start + optimizer.weights.count
            move(optimizer, Array(gradients[start..<end]))
            start = end
        }
    }

    /// Moves the discriminator, and what the objective trains with it.
    func moveDiscriminator(_ gradients: [Tensor]) { move(discriminatorOptimizer, gradients) }

    private func move(_ optimizer: Optimizer, _ gradients: [Tensor]) {
        if isLookingAhead { optimizer.extrapolate(gradients) } else { optimizer.step(gradients) }
    }

    var discriminatorParameters: [Tensor] { discriminatorOptimizer.weights }

    /// Both players learn from the same drawn pictures, neither having moved before.
    ///
    /// - Parameters:
    ///   - real: Real pictures.
    ///   - noise: Latents to draw from; fresh ones when absent.
    ///   - isShared: Whether one pass may serve both players where that is exact: the forward one
    ///     of the drawings without regularisers, the backward one of the plain game.
    /// - Returns: What the step showed.
    public func simultaneous(
        _ real: Pictures,
        noise: Tensor? = nil,
        isShared: Bool = true
    ) -> StepFigures {
        let real = prepared(real)
        let drawn = draw(real.pictures.size(0), real, noise)
        let isPlain = objective.isPlain && drawn.auxiliaryLosses == nil
        if isPlain, accumulation == 1, !objective.loss.comparesWithReal {
            return isShared && sharesGradient
                ? shared(real, drawn.fake) : separate(real, drawn.fake)
        }
        // Both turns see the same drawings, and no regulariser asks for derivatives by pictures.
        let seen = isShared && objective.regularisers.isEmpty ? lookAtDrawn(drawn.fake) : nil
        let judged = discriminatorTurn(real, drawn, seen: seen)
        let drew = generatorTurn(real, drawn, seen: seen)
        moveGenerator(drew.gradients)
        moveDiscriminator(judged.gradients)
        settle()
        return figures(judged, drew)
    }

    /// The discriminator learns from each group of real batches and fresh drawings, then the
    /// generator once from the last group.
    ///
    /// - Parameter batches: Real batches: as many in each group as `accumulation` says.
    /// - Returns: What the step showed.
    public func alternating(_ batches: [Pictures]) -> StepFigures {
        precondition(
            !batches.isEmpty && batches.count.isMultiple(of: accumulation),
            "an alternating step needs groups of \(accumulation) batches, found \(batches.count)"
        )
        let batches = batches.map { prepared($0) }
        var judged: Turn?
        for start in stride(from: 0, to: batches.count, by: accumulation) {
            let group = batches[start..<start + accumulation]
            let turns = group.map { real in
                let drawn = withoutGradients { draw(real.pictures.size(0), real) }
                return discriminatorTurn(real, drawn)
            }
            let turn = Turn.mean(turns)
            moveDiscriminator(turn.gradients)
            settle()
            judged = turn
        }
        let drew = Turn.mean(
            batches.suffix(accumulation).map { real in
                generatorTurn(real, draw(real.pictures.size(0), real))
            }
        )
        moveGenerator(drew.gradients)
        guard let judged else { preconditionFailure("no batch was seen") }
        return figures(judged, drew)
    }

    /// Real pictures as grown networks show them.
    private func prepared(_ real: Pictures) -> Pictures {
        guard let growing = discriminator.growing else { return real }
        return (withoutGradients { growing.faded(real.pictures) }, real.labels)
    }

    private func settle() {
        for regulariser in objective.regularisers { regulariser.settle(discriminator) }
    }

    private func figures(_ judged: Turn, _ drew: Turn) -> StepFigures {
        StepFigures(
            generatorLoss: drew.loss,
            discriminatorLoss: judged.loss,
            real: judged.real,
            fake: drew.fake,
            parts: judged.parts + drew.parts,
            known: objective.figures
        )
    }

    /// As many drawings as real pictures, asked for labels in the data's own proportions.
    func draw(_ count: Int, _ real: Pictures, _ noise: Tensor? = nil) -> Drawn {
        let noise = noise ?? latents.latents(count, device: real.pictures.device)
        let labels = generator.labelCount > 0 ? real.labels : nil
        let fakes = autocast { generator.fakes(noise, labels: labels, beside: real) }
        return Drawn(fake: fakes.pictures, auxiliaryLosses: fakes.auxiliaryLosses, latents: noise)
    }

    /// Runs heavy operations in the shorter type, if any.
    var autocast: Autocast {
        Autocast(precision, on: generatorParameters[0].device.kind)
    }
}

/// Pictures that a generator drew, and what from.
struct Drawn {
    let fake: LabelledPictures
    let auxiliaryLosses: ((GeneratorTurn) -> TaskLoss)?
    let latents: Tensor
}
