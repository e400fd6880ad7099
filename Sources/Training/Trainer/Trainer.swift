import Adversarial
import Datasets
import Files
import Foundation
import Imaging
import Runs
import Torch

/// Trains a recipe's networks: the loop with everything around it.
///
/// An actor on a thread of its own; what it tells comes out of `events`.
public actor Trainer {
    /// The run's folder.
    public nonisolated let folder: RunFolder
    /// What the trainer tells while it works; ends when the run ends.
    public nonisolated let events: AsyncStream<TrainingEvent>

    private nonisolated let executor: ThreadExecutor
    let tell: AsyncStream<TrainingEvent>.Continuation
    let recipe: Recipe
    let options: TrainerOptions
    let stop: StopRequest
    private let origin: RunOrigin
    /// Real pictures in a tick.
    let tickImages: Int
    /// Steps between two checkpoints; nothing for one an epoch.
    let checkpointSteps: Int?

    /// The thread that the trainer works on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// A trainer of a new run, whose folder is made now.
    ///
    /// - Parameters:
    ///   - recipe: What to train, on what, how.
    ///   - options: Limits and places of this session.
    ///   - stop: Where a wish to stop comes from.
    /// - Throws: What is wrong with the recipe, the device or the data, before any folder is made;
    ///   `FileError` when the folder cannot be made.
    public init(_ recipe: Recipe, options: TrainerOptions, stop: StopRequest) throws {
        let folder = try Trainer.leading(options) {
            _ = try Trainer.check(recipe, options: options)
            return try RunFolder.create(in: options.root, recipe: recipe, note: options.note)
        }
        let opening = Opening(folder, recipe, .new, options)
        try self.init(leading: opening, options: options, stop: stop, origin: .new)
    }

    /// A trainer that goes on with a run.
    ///
    /// - Parameters:
    ///   - checkpoint: `last`, `best`, or the path of a checkpoint.
    ///   - folder: The run's folder.
    ///   - options: Limits and places of this session.
    ///   - stop: Where a wish to stop comes from.
    /// - Throws: `TrainingError`, `TorchError` or `FileError` when there is nothing to go on from.
    public init(
        resuming checkpoint: String,
        in folder: RunFolder,
        options: TrainerOptions,
        stop: StopRequest
    ) throws {
        let (file, state) = try Trainer.leading(options) {
            let file = folder.checkpoint(named: checkpoint)
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw TrainingError.noCheckpoint(folder: file.path)
            }
            let state = try CheckpointFile.readState(file)
            if let group = options.processes {
                try SharedRun.check(state.recipe, order: nil, count: group.count)
            }
            return (file, state)
        }
        let origin = RunOrigin.checkpoint(file, state)
        let opening = Opening(folder, state.recipe, origin, options)
        try self.init(leading: opening, options: options, stop: stop, origin: origin)
    }

    /// A trainer that follows the leading process of a group, which has the recipe and the run's folder.
    ///
    /// - Throws: `ProcessGroupError`, also where the leading process has no run.
    public init(following group: ProcessGroup, options: TrainerOptions, stop: StopRequest) throws {
        let opening = try Opening.heard(from: group)
        let origin = opening.isNew ? RunOrigin.new : .others(keptClasses: opening.keptClasses)
        self.init(opening, options: options, stop: stop, origin: origin)
    }

    /// What only the leading process can find; where it fails the others are told.
    private static func leading<Found>(
        _ options: TrainerOptions,
        _ find: () throws -> Found
    ) throws -> Found {
        do {
            return try find()
        } catch {
            if let group = options.processes {
                Opening.refuse("\(error)", group)
            }
            throw error
        }
    }

    private init(
        leading opening: Opening,
        options: TrainerOptions,
        stop: StopRequest,
        origin: RunOrigin
    ) throws {
        if let group = options.processes { try opening.tell(group) }
        self.init(opening, options: options, stop: stop, origin: origin)
    }

    private init(
        _ opening: Opening,
        options: TrainerOptions,
        stop: StopRequest,
        origin: RunOrigin
    ) {
        recipe = opening.recipe
        folder = RunFolder(elsewhere: opening.folder)
        tickImages = opening.tickImages
        checkpointSteps = opening.checkpointSteps
        var options = options
        options.dataPath = options.dataPath ?? opening.dataPath
        self.options = options
        self.stop = stop
        self.origin = origin
        executor = ThreadExecutor(name: "atelier training")
        (events, tell) = AsyncStream.makeStream()
    }

    /// Checks a recipe against the machine and the data without making a run.
    ///
    /// - Parameters:
    ///   - recipe: What would be trained.
    ///   - options: Where the data lies and decoded pictures are kept.
    /// - Returns: How many pictures an epoch shows, and what was found, for people.
    /// - Throws: What `run` would throw before its first step.
    public static func check(
        _ recipe: Recipe,
        options: TrainerOptions
    ) throws -> (pictures: Int, text: String) {
        let device = try Device(recipe.device.rawValue)
        let data = try TrainingData(
            recipe,
            path: options.dataPath,
            cache: options.cache,
            tell: options.notice
        )
        if let group = options.processes {
            try SharedRun.check(recipe, order: data.order, count: group.count)
        }
        let classes = recipe.model.conditional ? data.labels.count : 0
        if recipe.model.conditional, classes == 0 {
            throw TrainingError.noClasses(set: recipe.data.set)
        }
        let unlabelled =
            data.training.classNames.isEmpty
            ? 0 : data.training.labels.count { !(0..<classes).contains($0) }
        if recipe.model.conditional, data.training.valueCount == 0, unlabelled > 0 {
            throw TrainingError.unlabelled(unlabelled, set: recipe.data.set)
        }
        let judged = data.judged(conditional: recipe.model.conditional).count
        if let heldOut = data.heldOut, judged < heldOut.count {
            options.notice(
                "\(heldOut.count - judged) of \(heldOut.count) held-out pictures are of no class that is trained on:"
                    + " evaluations leave them out"
            )
        }
        if let start = recipe.start { _ = try Transfer(start, for: recipe) }
        if let reward = recipe.objective.reward {
            _ = try CriticFile(
                reward.judge,
                namedBy: "objective.reward.judge",
                for: ImageSpec(recipe, labels: classes)
            )
        }
        if let penalties = recipe.objective.penalties {
            _ = try Guardian(penalties, for: ImageSpec(recipe, labels: classes))
        }
        let text =
            "\(data.loader.stream == nil ? "\(data.training.count) pictures" : "pictures without end")"
            + " to train on, \(data.heldOut?.count ?? 0) held out,"
            + " \(data.order.batchesPerEpoch) batches an epoch, on \(device)"
        // Of pictures without end an epoch shows as many as the set says.
        return (data.order.examplesPerEpoch, text)
    }

    /// Trains until the epochs are done, a limit is reached, or somebody asks to stop.
    ///
    /// - Returns: How and where the run ended; it can be resumed unless it is completed.
    /// - Throws: What the world does to files, data and devices; the status file says so too.
    public func run() async throws -> TrainingOutcome {
        defer { tell.finish() }
        if let group = options.processes, !group.leads {
            let outcome = try await train(prepare())
            tell.yield(.finished(outcome))
            return outcome
        }
        // Before anything is written, the status of the process that has the run above all.
        let claim = try FileClaim(
            of: folder.url.appending(path: ".lock"),
            to: "train in",
            folder.url
        )
        defer { withExtendedLifetime(claim) {} }
        do {
            // A process that ends while networks are made leaves a run that reads as failed.
            if origin.isNew { try RunStatus(step: 0, images: 0).write(to: folder.status) }
            let session = try prepare()
            let outcome = try await train(session)
            tell.yield(.finished(outcome))
            return outcome
        } catch {
            RunRecorder.recordFailure("\(error)", in: folder)
            throw error
        }
    }

    /// Weights below which an operation is too short to be shared: threads would wait more than they work.
    private static let fewWeights = 30_000

    private func prepare() throws -> TrainingSession {
        let threads = options.threads ?? recipe.training.threads
        if let threads { Machine.threads = threads }
        Machine.keepMemory()
        // What is decided here is what the run's folder keeps, so that a resumed run goes on in it.
        let recipe = try resolvedRecipe()
        let device = try Device(recipe.device.rawValue)
        let group = options.processes
        let transfer = origin.isNew ? try recipe.start.map { try Transfer($0, for: recipe) } : nil
        let follows = group?.leads == false
        let hasTexts = recipe.traits.texts != nil
        let data = try TrainingData(
            recipe,
            path: options.dataPath ?? origin.state?.dataPath,
            cache: options.cache,
            folder: follows ? nil : folder,
            known: transfer?.source.texts,
            share: group.map { BatchShare(first: $0.rank, step: $0.count) } ?? .whole,
            heard: follows && hasTexts ? group.map { try KnownTexts(heardFrom: $0) } : nil
        ) { [tell] in tell.yield(.note($0)) }
        if let group, group.leads, hasTexts {
            let book = data.loader.captions
            try KnownTexts(pieces: book?.rows.pieces.model ?? Data(), words: book?.words ?? [])
                .tell(group)
        }
        if let group { try SharedRun.check(recipe, order: data.order, count: group.count) }
        let classes = recipe.model.conditional ? data.labels.count : 0
        let kept =
            recipe.start?.keepsClasses == true
            ? origin.keptClasses ?? transfer?.source.spec?.labels ?? 0 : 0
        if recipe.start?.keepsClasses == true, kept == 0 || classes == 0 {
            throw TrainingError.noClassesToKeep(path: recipe.start?.from ?? "")
        }
        let program = try RecipeNetworks.program(
            recipe,
            spec: ImageSpec(recipe, labels: kept + classes, kind: data.labels.kind),
            device: device,
            transfer: transfer,
            keptClasses: kept
        )
        if threads == nil, program.weights < Self.fewWeights { Machine.threads = 1 }
        for report in program.transferred { tell.yield(.note(report.text)) }
        if let texts = transfer?.source.texts, let rows = data.loader.captions?.rows,
            let note = program.recall(texts.words, rows)
        {
            tell.yield(.note(note))
        }
        var state = TrainingState(recipe: recipe, dataPath: data.path)
        state.pictures = data.training.count
        state.keptClasses = kept
        state.classNames =
            classes > 0
            ? (kept > 0 ? transfer?.source.names(kept) ?? [] : []) + data.classNames : []
        if case .checkpoint(let file, let saved) = origin {
            guard saved.pictures == data.training.count else {
                throw TrainingError.otherData(
                    expected: saved.pictures,
                    found: data.training.count,
                    set: recipe.data.set
                )
            }
            try program.kept.load(CheckpointFile.read(file).tensors, origin: file.path)
            state = saved
            program.kept.streams = saved.streams
        }
        let recorder =
            follows
            ? nil : try RunRecorder(folder, recipe: recipe, resuming: origin.isNew ? nil : state)
        for report in program.transferred { try recorder?.note(report.text) }
        return TrainingSession(
            program: program,
            data: data,
            state: state,
            device: device,
            recorder: recorder,
            recipe: recipe,
            isNew: origin.isNew,
            group: group
        )
    }

    /// The recipe with what is found out by trying; the leading process tries.
    private func resolvedRecipe() throws -> Recipe {
        guard let group = options.processes, !group.leads else {
            let (recipe, note) = try PrecisionCheck.resolved(recipe)
            if let note { tell.yield(.note(note)) }
            if let group = options.processes {
                _ = try group.spread([UInt8](JSONEncoder().encode(recipe)))
            }
            return recipe
        }
        return try JSONDecoder().decode(Recipe.self, from: Data(group.spread([])))
    }
}

/// Where a run starts.
private enum RunOrigin: Sendable {
    case new
    case checkpoint(URL, TrainingState)
    /// The leading process has the checkpoint.
    case others(keptClasses: Int)

    var isNew: Bool {
        if case .new = self { return true }
        return false
    }

    var keptClasses: Int? {
        if case .others(let kept) = self { return kept }
        return state?.keptClasses
    }

    var state: TrainingState? {
        switch self {
        case .new, .others: nil
        case .checkpoint(_, let state): state
        }
    }
}

extension Opening {
    fileprivate init(
        _ folder: RunFolder,
        _ recipe: Recipe,
        _ origin: RunOrigin,
        _ options: TrainerOptions
    ) {
        self.init(
            folder: folder.url,
            recipe: recipe,
            isNew: origin.isNew,
            keptClasses: origin.keptClasses ?? 0,
            dataPath: options.dataPath ?? origin.state?.dataPath,
            tickImages: options.tickImages,
            checkpointSteps: options.checkpointSteps
        )
    }
}
