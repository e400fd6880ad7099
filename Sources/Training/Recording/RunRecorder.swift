import Files
import Foundation
import Imaging
import Runs
import Torch

/// Writes what a run shows into its folder: options, log, journal, status, events, pictures.
final class RunRecorder {
    let folder: RunFolder
    private let journal: Journal
    private let board: EventWriter
    private let log: LogFile
    private var status: RunStatus
    private var tickNumber: Int
    private let recipe: Recipe
    private var maintenanceBegan: Double?

    /// Opens the files of a new run, or of one that goes on from a state.
    init(_ folder: RunFolder, recipe: Recipe, resuming state: TrainingState?) throws {
        self.folder = folder
        self.recipe = recipe
        if state == nil {
            try AtomicFile.write(recipe.json, to: folder.trainingOptions)
        }
        journal = try Journal(folder.stats, resumeStep: state?.step)
        board = try EventWriter(folder: folder.url, resumeStep: state?.step)
        log = try LogFile(folder.log)
        tickNumber = state?.ticks ?? 0
        status = RunStatus(step: state?.step ?? 0, images: state?.images ?? 0)
        try status.write(to: folder.status)
        if state == nil {
            board.text("recipe", "```yaml\n\(recipe.yaml)\n```", step: 0)
        }
        board.hyperparameters(
            RunRecorder.hyperparameters(recipe),
            metrics: ["Loss/G/loss", "Evaluation/test_acc", "Metrics/fid_local"],
            group: folder.name
        )
        try board.flush()
    }

    /// Ends a tick: a line of the journal, scalars, the status; returns the console line.
    func tick(
        _ tick: TickStatistics,
        health: [String: Double],
        epoch: Int,
        state: TrainingState
    ) throws -> String {
        var statistics = tick.statistics
        let memory = ProcessMemory.residentGiB
        var extra: [String: Double] = [
            "Progress/tick": Double(tickNumber), "Progress/kimg": Double(state.images) / 1000,
            "Timing/total_sec": state.seconds, "Timing/sec_per_tick": tick.seconds,
            "Timing/sec_per_kimg": tick.images > 0 ? tick.seconds * 1000 / Double(tick.images) : 0,
            "Timing/images_per_sec": tick.imagesPerSecond,
            "Timing/data_wait_share": tick.seconds > 0 ? tick.waiting / tick.seconds : 0,
            "Resources/cpu_mem_gb": memory,
        ]
        if let exchanging = tick.exchanging, tick.seconds > 0 {
            extra["Timing/exchange_wait_share"] = exchanging / tick.seconds
        }
        extra.merge(health) { first, _ in first }
        for (name, value) in extra { statistics[name] = Statistic(value) }
        try journal.append(
            JournalEntry(
                step: state.step,
                statistics: statistics,
                timestamp: Date().timeIntervalSince1970
            )
        )
        board.scalars(tick.means.merging(extra) { $1 }, step: state.step)
        try board.flush()
        let line = ConsoleLine.Tick(
            tick: tickNumber,
            images: state.images,
            total: state.seconds,
            seconds: tick.seconds,
            tickImages: tick.images,
            maintenance: tick.maintenance,
            memory: memory
        ).text
        try log.add(line)
        status.step = state.step
        status.images = state.images
        status.epoch = epoch
        status.updated = Date()
        try status.write(to: folder.status)
        tickNumber += 1
        return line
    }

    /// Keeps a sentence in the log.
    func note(_ text: String) throws { try log.add(text) }

    /// Reports an evaluation; returns the seeds' line.
    func evaluation(
        epoch: Int,
        figures: [String: Double],
        state: TrainingState
    ) throws -> String {
        let test = figures.filter { $0.key.hasPrefix("Evaluation/") }
        try journal.append(
            JournalEntry(
                step: state.step,
                statistics: test.mapValues { Statistic($0) },
                timestamp: Date().timeIntervalSince1970
            )
        )
        board.scalars(test, step: state.step)
        try board.flush()
        let line = ConsoleLine.Evaluation(epoch: epoch, figures: figures).text
        try log.add(line)
        return line
    }

    /// Writes a picture into the folder and shows it on the board.
    func picture(_ picture: Picture, to file: URL, tag: String, step: Int) throws {
        try picture.write(to: file, metadata: RunRecorder.metadata(recipe, isReal: tag == "reals"))
        board.images(
            tag,
            [try picture.encoded(as: .png)],
            width: picture.width,
            height: picture.height,
            step: step
        )
        try board.flush()
    }

    /// Shows how the weights are spread.
    func histograms(_ tensors: [(name: String, tensor: Tensor)], step: Int) throws {
        for (name, tensor) in tensors where tensor.count > 1 {
            board.histogram("weights/\(name)", tensor.doubles(), step: step)
        }
        try board.flush()
    }

    /// Waits until everything written so far has reached the disk.
    func synchronize() throws {
        try journal.synchronize()
        try board.synchronize()
        try log.synchronize()
    }

    /// Writes how the run ended.
    func end(_ outcome: TrainingOutcome, state: TrainingState, message: String = "") throws {
        status.step = state.step
        status.images = state.images
        try log.add("\(outcome.reason.rawValue) at step \(outcome.step)")
        board.endSession(outcome.reason.state == .failed ? .failure : .success)
        try synchronize()
        try status.ended(outcome.reason, message: message).write(to: folder.status)
    }

    /// Says in the status file that the run broke, whatever else may fail.
    static func recordFailure(_ message: String, in folder: RunFolder) {
        let status = (try? RunStatus.read(folder.status)) ?? RunStatus()
        try? status.ended(.error, message: message)
            .write(to: folder.status)
    }

    private static func hyperparameters(_ recipe: Recipe) -> [String: HyperparameterValue] {
        [
            "recipe": .text(recipe.name), "set": .text(recipe.data.set),
            "batch": .number(Double(recipe.training.batch)), "seed": .number(Double(recipe.seed)),
            "loss": .text(recipe.objective.loss),
            "step": .text(recipe.objective.step.rawValue),
            "precision": .text(recipe.training.precision.rawValue),
            "generator.optimizer": .text(recipe.optimizers.generator.kind.rawValue),
            "generator.learning_rate": .number(recipe.optimizers.generator.learningRate),
            "discriminator.optimizer": .text(recipe.optimizers.discriminator.kind.rawValue),
            "discriminator.learning_rate": .number(recipe.optimizers.discriminator.learningRate),
            "conditional": .flag(recipe.model.conditional),
        ]
    }

    private static func metadata(_ recipe: Recipe, isReal: Bool) -> PictureMetadata {
        PictureMetadata(
            title: isReal ? "real pictures" : "drawn by \(recipe.name)",
            software: "Atelier",
            source: isReal ? nil : .trainedAlgorithmicMedia
        )
    }
}
