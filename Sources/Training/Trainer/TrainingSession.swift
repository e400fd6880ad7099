import Adversarial
import Checks
import Datasets
import Foundation
import Runs
import Torch

/// All that one session of training works with; it never leaves the trainer.
final class TrainingSession {
    let program: any TrainingProgram
    let data: TrainingData
    let device: Device
    private var writer: RunRecorder?
    /// The processes that train together; nothing for this one alone.
    let group: ProcessGroup?
    /// Why all processes end the session, once one of them wants it.
    var agreed: RunStatus.Reason?
    let isNew: Bool
    let fixed: FixedInputs
    let watch: DivergenceMonitor
    /// What a checkpoint keeps.
    let kept: CheckpointContents
    /// Held-out pictures that can be judged.
    private let judged: [Int]
    let clock = ContinuousClock()
    let began: ContinuousClock.Instant
    let recipe: Recipe
    private let secondsBefore: Double
    /// Steps of sittings before.
    var stepsBefore: Int
    var state: TrainingState
    var tick = TickStatistics()
    /// The figures of the epoch so far, or of what this session saw of it.
    var epochStatistics = TickStatistics()
    /// What looked wrong at the last tick.
    var symptoms: [String] = []
    /// The step after which the last snapshot was written.
    var snapshotStep: Int?

    init(
        program: any TrainingProgram,
        data: TrainingData,
        state: TrainingState,
        device: Device,
        recorder: RunRecorder?,
        recipe: Recipe,
        isNew: Bool,
        group: ProcessGroup? = nil
    ) {
        self.program = program
        self.data = data
        self.state = state
        self.device = device
        writer = recorder
        self.group = group
        self.recipe = recipe
        self.isNew = isNew
        fixed = FixedInputs(recipe, artist: program.artist, data: data, device: device)
        kept = program.kept
        judged = data.judged(conditional: recipe.model.conditional)
        watch = DivergenceMonitor(
            recipe.recovery,
            fixed: fixed,
            labels: LabelSpread(
                program.artist,
                data: data,
                realSpread: fixed.realSpread,
                keptClasses: state.keptClasses,
                device: device
            )
        )
        began = clock.now
        secondsBefore = state.seconds
        stepsBefore = state.step
    }

    /// What writes the run's files.
    ///
    /// - Precondition: this process leads.
    var recorder: RunRecorder {
        guard let writer else { preconditionFailure("a process that follows writes nothing") }
        return writer
    }

    /// Steps in an epoch.
    var stepsPerEpoch: Int {
        max(data.order.batchesPerEpoch / batchesPerStep, 1)
    }

    /// Steps of the whole run.
    var totalSteps: Int { stepsPerEpoch * recipe.training.epochs }

    /// Real batches that one step takes.
    var batchesPerStep: Int { program.batchesPerStep }

    /// Epochs done.
    var epoch: Int { state.step / stepsPerEpoch }

    /// Whether the last step ended an epoch.
    var isEpochEnd: Bool { state.step > 0 && state.step.isMultiple(of: stepsPerEpoch) }

    /// Steps of this session.
    var steps: Int { state.step - stepsBefore }

    /// Seconds of this session.
    var seconds: Double { (clock.now - began) / .seconds(1) }

    /// Writes on into a folder whose files were brought back to the present state.
    func reopen(_ recorder: RunRecorder?) {
        writer = recorder
        snapshotStep = nil
        tick.reset(at: seconds)
        epochStatistics.reset(at: seconds)
    }

    /// Takes one step on the next batches.
    ///
    /// - Parameters:
    ///   - batches: This process's share of them.
    ///   - reason: Why this process would end the session after the step.
    /// - Returns: What the step showed, over all processes.
    /// - Throws: `ProcessGroupError` where another process is lost.
    func take(_ batches: [Batch], reason: RunStatus.Reason? = nil) throws -> StepFigures {
        kept.setRates(
            images: state.images,
            totalImages: recipe.training.epochs * data.order.examplesPerEpoch,
            scale: state.rateScale
        )
        let figures = try step(batches.map(tensors), reason)
        let count = batches.reduce(0) { $0 + $1.count } * (group?.count ?? 1)
        for average in kept.averages { average.update(images: count) }
        state.step += 1
        state.images += count
        state.position = batches[batches.count - 1].end
        state.seconds = secondsBefore + seconds
        tick.add(figures, images: count, seconds: seconds)
        epochStatistics.add(figures, images: count, seconds: seconds)
        return figures
    }

    /// A batch on the device, −1 … 1, with its labels.
    func tensors(_ batch: Batch) -> LabelledPictures {
        let pictures = batch.tensor(on: device)
        let spec = program.artist.spec
        guard spec.labels > 0 else { return (pictures, nil) }
        let labels =
            switch spec.labelKind {
            case .classes, .none: Tensor(batch.labels)
            case .properties, .scalars:
                Tensor(batch.values, shape: [batch.count, spec.labels])
            case .captions:
                TrainingData.labels(of: data.classes(batch.labels), batch.pieces)
            }
        return (pictures, labels.moved(to: device))
    }

    /// Held-out pictures to be judged on; nothing when the run does not look at them.
    var exam: HeldOutBatches? {
        data.heldOut.flatMap { heldOut in
            let judged = judged
            guard let all = judged.isEmpty ? nil : judged.count else { return nil }
            let wanted = recipe.evaluation.samples
            let count = wanted == 0 ? all : min(wanted, all)
            // From everywhere in the set: the first pictures of MNIST are the clearest ones.
            return HeldOutBatches(count: count, batch: recipe.evaluation.batch, device: device) {
                [self] range in
                let numbers = range.map { judged[$0 * all / count] }
                let captions = data.heldOutCaptions
                return tensors(
                    heldOut.batch(
                        numbers,
                        pieces: captions.map { book in numbers.flatMap { book.row(naming: $0) } }
                    )
                )
            }
        }
    }

    /// Writes a checkpoint under `last`, and under the other names it deserves.
    func saveCheckpoint(keeping isKept: Bool, best isBest: Bool) throws -> URL {
        state.streams = kept.streams
        let folder = recorder.folder
        let last = folder.lastCheckpoint
        let keptFile = folder.checkpoint(epoch: epoch, step: state.step)
        var links = isKept ? [last] : []
        if isBest { links.append(folder.bestCheckpoint) }
        // What to go back to when the run goes wrong.
        if state.suspicion == 0 { links.append(folder.goodCheckpoint) }
        try recorder.synchronize()
        try CheckpointFile.write(
            kept.state(),
            state: state,
            to: isKept ? keptFile : last,
            alsoAs: links
        )
        return last
    }
}
