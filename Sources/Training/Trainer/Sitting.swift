import Adversarial
import Datasets
import Foundation
import Neural
import Runs
import Torch

/// All that one sitting of training works with; it never leaves the trainer.
final class Sitting {
    let players: Players
    let data: TrainingData
    let device: Device
    private(set) var recorder: RunRecorder
    let isNew: Bool
    let step: AdversarialStep
    let fixed: FixedInputs
    let watch: RunWatch
    let clock = ContinuousClock()
    let began: ContinuousClock.Instant
    let recipe: Recipe
    private let secondsBefore: Double
    private let stepsBefore: Int
    private let generatorRate: Double
    private let discriminatorRate: Double
    var state: TrainingState
    var tick = TickStatistics()
    /// The figures of the epoch so far, or of what this sitting saw of it.
    var epochStatistics = TickStatistics()
    /// What looked wrong at the last tick.
    var symptoms: [String] = []
    /// The step after which the last snapshot was written.
    var snapshotStep: Int?

    init(
        players: Players,
        data: TrainingData,
        state: TrainingState,
        device: Device,
        recorder: RunRecorder,
        recipe: Recipe,
        isNew: Bool
    ) {
        self.players = players
        self.data = data
        self.state = state
        self.device = device
        self.recorder = recorder
        self.recipe = recipe
        self.isNew = isNew
        fixed = FixedInputs(recipe, players: players, data: data, device: device)
        step = AdversarialStep(
            players,
            precision: RecipeNetworks.precision(recipe.training.precision)
        )
        step.accumulation = recipe.training.accumulate
        watch = RunWatch(recipe.recovery, fixed: fixed)
        began = clock.now
        secondsBefore = state.seconds
        stepsBefore = state.step
        generatorRate = players.generatorOptimizer.learningRate
        discriminatorRate = players.discriminatorOptimizer.learningRate
    }

    /// Steps in an epoch.
    var stepsPerEpoch: Int {
        max(data.order.batchesPerEpoch / batchesPerStep, 1)
    }

    /// Steps of the whole run.
    var totalSteps: Int { stepsPerEpoch * recipe.training.epochs }

    /// Real batches that one step takes.
    var batchesPerStep: Int {
        recipe.objective.step == .alternating
            ? recipe.objective.criticUpdates * recipe.training.accumulate : 1
    }

    /// Epochs done.
    var epoch: Int { state.step / stepsPerEpoch }

    /// Whether the last step ended an epoch.
    var isEpochEnd: Bool { state.step > 0 && state.step.isMultiple(of: stepsPerEpoch) }

    /// Steps of this sitting.
    var steps: Int { state.step - stepsBefore }

    /// Seconds of this sitting.
    var seconds: Double { (clock.now - began) / .seconds(1) }

    /// Writes on into a folder whose files were brought back to the present state.
    func reopen(_ recorder: RunRecorder) {
        self.recorder = recorder
        snapshotStep = nil
        tick.reset(at: seconds)
        epochStatistics.reset(at: seconds)
    }

    /// Takes one step on the next batches.
    func take(_ batches: [Batch]) -> StepFigures {
        let images = Double(state.images)
        let total = recipe.training.epochs * data.order.examplesPerEpoch
        let optimizers = recipe.optimizers
        players.generatorOptimizer.learningRate =
            generatorRate * state.rateScale
            * RecipeNetworks.schedule(optimizers.generator.schedule, totalImages: total)
            .value(at: images)
        players.discriminatorOptimizer.learningRate =
            discriminatorRate * state.rateScale
            * RecipeNetworks.schedule(optimizers.discriminator.schedule, totalImages: total)
            .value(at: images)
        players.generatorOptimizer.squareShare =
            optimizers.generator.beta2.value(at: state.images)
        players.discriminatorOptimizer.squareShare =
            optimizers.discriminator.beta2.value(at: state.images)
        grow()
        step.images = state.images
        let real = batches.map { batch in
            let real = tensors(batch)
            return players.teacher?.extended(real, using: players.chance) ?? real
        }
        let figures =
            recipe.objective.step == .simultaneous
            ? step.simultaneous(real[0]) : step.alternating(real)
        let count = batches.reduce(0) { $0 + $1.count }
        for average in players.averages { average.update(images: count) }
        state.step += 1
        state.images += count
        state.position = batches[batches.count - 1].end
        state.seconds = secondsBefore + seconds
        tick.add(figures, images: count, seconds: seconds)
        epochStatistics.add(figures, images: count, seconds: seconds)
        return figures
    }

    /// A batch on the device, −1 … 1, with its classes.
    func tensors(_ batch: Batch) -> AdversarialStep.Pictures {
        let pictures = batch.tensor(on: device)
        guard players.subject.labels > 0 else { return (pictures, nil) }
        let isMany = players.subject.labelKind != .classes
        let labels =
            isMany
            ? Tensor(batch.values, shape: [batch.count, players.subject.labels])
            : Tensor(batch.labels)
        return (pictures, labels.moved(to: device))
    }

    /// Lets networks grow that do; with each new size the optimizers begin anew.
    private func grow() {
        for case let network as any Growing in [players.generator as Module, players.discriminator]
        {
            let wanted = network.growth(at: state.images)
            let isNew = network.growth.rounded(.up) < wanted.rounded(.up)
            network.growth = wanted
            guard isNew else { continue }
            players.generatorOptimizer.forget()
            players.discriminatorOptimizer.forget()
        }
    }

    /// Writes a checkpoint under `last`, and under the other names it deserves.
    func saveCheckpoint(keeping isKept: Bool, best isBest: Bool) throws -> URL {
        state.streams = players.streams
        let folder = recorder.folder
        let last = folder.lastCheckpoint
        let kept = folder.checkpoint(epoch: epoch, step: state.step)
        var links = isKept ? [last] : []
        if isBest { links.append(folder.bestCheckpoint) }
        // What to go back to when the run goes wrong.
        if state.suspicion == 0 { links.append(folder.goodCheckpoint) }
        try recorder.synchronize()
        try CheckpointFile.write(
            players.state(),
            state: state,
            to: isKept ? kept : last,
            alsoAs: links
        )
        return last
    }
}
