import ArgumentParser
import Foundation
import Generation
import Runs
import Training

/// `atelier train`: trains a recipe, or goes on with a run.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a recipe, or go on with a run.",
        discussion: """
            Examples:
              atelier train seed-dcgan
              atelier train my.yaml --set training.epochs=3 --data pictures/
              atelier train --resume last --run runs/00012-seed-dcgan-mnist-batch256
              atelier train seed-dcgan --processes 4

            Ctrl-C saves and leaves; a second Ctrl-C leaves at once.
            """
    )

    @Argument(help: "A recipe that comes with atelier, or the path of one in YAML.")
    var recipe: String?

    @Option(help: "Where the data lies; otherwise ATELIER_DATA and the known places are looked at.")
    var data: String?

    @Option(name: [.short, .long], help: "The folder that runs are kept in.")
    var out = "runs"

    @Option(help: "Go on from: last, best, or the path of a checkpoint.")
    var resume: String?

    @Option(help: "The folder of the run to go on with; the newest one in --out by default.")
    var run: String?

    @Option(
        name: .customLong("set"),
        help: "Change the recipe: key.path=value; may be repeated."
    )
    var changes: [String] = []

    @Option(help: "Passes over the data (training.epochs).")
    var epochs: Int?

    @Option(help: "Pictures in a step (training.batch).")
    var batch: Int?

    @Option(help: "Key of all random numbers (seed).")
    var seed: UInt64?

    @Option(help: "cpu, cuda, cuda:N or mps (device).")
    var device: String?

    @Option(help: "Threads of the processor.")
    var threads: Int?

    @Option(help: "Stop this sitting after so many steps.")
    var steps: Int?

    @Option(help: "Stop this sitting after so many minutes.")
    var minutes: Double?

    @Option(help: "Steps between two checkpoints; one an epoch by default.")
    var checkpointSteps: Int?

    @Option(help: "A remark for the end of the run folder's name.")
    var note: String?

    @Flag(help: "Print the recipe as it would be used, and stop.")
    var printConfig = false

    @Flag(help: "Check everything, the data too, and take a few steps, but make no run.")
    var dryRun = false

    @Flag(help: "Look at the pictures of --data and say what to train on them.")
    var advise = false

    @OptionGroup var together: ProcessOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if advise {
            guard data != nil || recipe != nil else {
                throw ValidationError("--advise looks at pictures: name them with --data.")
            }
            return
        }
        if resume == nil, recipe == nil {
            throw ValidationError(
                "Name a recipe: \(names), or a file; or go on with --resume last."
            )
        }
        if resume != nil, recipe != nil {
            throw ValidationError("A run that goes on has its recipe: leave out '\(recipe ?? "")'.")
        }
        if resume != nil, !overrides.isEmpty {
            throw ValidationError(
                "A run that goes on keeps its recipe: leave out --set, --epochs, --batch, --seed"
                    + " and --device."
            )
        }
        if resume != nil, printConfig || dryRun || note != nil {
            throw ValidationError(
                "--print-config, --dry-run and --note are for new runs: leave out --resume."
            )
        }
        for (name, value) in [
            ("--steps", steps), ("--checkpoint-steps", checkpointSteps), ("--threads", threads),
        ] {
            if let value, value < 1 {
                throw ValidationError("\(name) expects a number from 1, found \(value).")
            }
        }
        if let minutes, !(minutes > 0) {
            throw ValidationError("--minutes expects a number above 0, found \(minutes).")
        }
    }

    /// The place of a model that a recipe names: a path, or a name that is known.
    private static func place(of model: String) throws -> String {
        FileManager.default.fileExists(atPath: model)
            ? model : try BundledModel.place(of: model).path
    }

    func run() async throws {
        if advise { return try await AdviceReport(set: recipe, data: data, output: output).run() }
        var recipe = try recipe.map { try Recipe.load($0, overrides: overrides) }
        // Models may be known by name.
        if let from = recipe?.start?.from { recipe?.start?.from = try TrainCommand.place(of: from) }
        if let model = recipe?.data.remadeBy {
            recipe?.data.remadeBy = try TrainCommand.place(of: model)
        }
        if let recipe, printConfig {
            Console.print(output.json ? recipe.json : recipe.yaml)
            return
        }
        if let recipe, dryRun {
            let found = try Trainer.check(recipe, options: options)
            Console.say("\(recipe.name): \(found.text)", output)
            let cost = try DryRun(recipe, pictures: found.pictures, threads: threads)
            Console.say("\(recipe.name): \(cost.text)", output)
            if output.json { Console.json(DryRunReport(found: found.text, cost: cost)) }
            return
        }
        Console.outliveOutput()
        let variables = ProcessInfo.processInfo.environment
        let place = try together.given(variables)
        if place == nil, case let places = try together.places(), !places.isEmpty {
            guard TrainingGroup.isBuilt else { throw TrainingGroupError.notBuilt }
            let status = try ProcessLauncher(places, threads: threads).run()
            throw ExitCode(status)
        }
        let stop = StopRequest()
        let signals = StopSignals(stop)
        defer { signals.end() }
        ProcessLauncher.watch(variables) { stop.stop(.terminated) }
        let group = try place.map { try TrainingGroup(meeting: $0, variables) }
        let trainer = try trainer(recipe, stop, group)
        async let printed: Void =
            group?.leads == false
            ? trainer.events.drained() : TrainingPrinter(output).follow(trainer.events)
        let outcome: TrainingOutcome
        do {
            outcome = try await trainer.run()
        } catch {
            await printed
            throw error
        }
        await printed
        if outcome.reason.exitCode != 0 { throw ExitCode(outcome.reason.exitCode) }
    }

    private var names: String { Recipe.bundled.map(\.name).joined(separator: ", ") }

    private var overrides: [String] {
        TypedNumbers.changes(changes)
            + [
                epochs.map { "training.epochs=\($0)" }, batch.map { "training.batch=\($0)" },
                seed.map { "seed=\($0)" }, device.map { "device=\($0)" },
            ].compactMap { $0 }
    }

    private var options: TrainerOptions {
        var options = TrainerOptions()
        options.root = URL(filePath: out, directoryHint: .isDirectory)
        options.note = note
        options.dataPath = data.map { URL(filePath: $0).path }
        options.steps = steps
        options.minutes = minutes
        options.checkpointSteps = checkpointSteps
        options.threads = threads
        options.notice = { [output] in Console.say($0, output) }
        return options
    }

    /// The folder of the run that a checkpoint's path lies in, otherwise the newest.
    private var ownRun: URL {
        get throws {
            guard let resume, resume != "last", resume != "best" else {
                return try RunFolder.newest(in: options.root).url
            }
            return URL(filePath: resume).deletingLastPathComponent().deletingLastPathComponent()
        }
    }

    private func trainer(
        _ recipe: Recipe?,
        _ stop: StopRequest,
        _ group: TrainingGroup?
    ) throws -> Trainer {
        var options = options
        options.processes = group
        if let group, !group.leads {
            return try Trainer(following: group, options: options, stop: stop)
        }
        if let recipe { return try Trainer(recipe, options: options, stop: stop) }
        let folder = try run.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? ownRun
        return try Trainer(
            resuming: resume ?? "last",
            in: try RunFolder(opening: folder),
            options: options,
            stop: stop
        )
    }
}
