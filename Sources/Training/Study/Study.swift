import Datasets
import Files
import Foundation
import Runs
import Torch

/// Trains ways to train beside each other, each with the same time and several seeds, measures what
/// they draw, and writes tables.
///
/// Everything lies in one folder: what is there is not done again, and a run that was interrupted
/// goes on. Several processes may work on one study: each takes runs that no other one has.
public actor Study {
    /// What a study is asked.
    public struct Options: Sendable {
        /// The questions: `tasks`, `likelihood`, `tokenizer`.
        public var questions = ["tasks", "likelihood", "tokenizer"]
        /// The set of pictures.
        public var set = "mnist"
        /// Minutes of training of each run.
        public var minutes = 10.0
        /// Seeds of the runs.
        public var seeds: [UInt64] = [1, 2, 3]
        /// Drawings and held-out pictures to compare.
        public var samples = 2000
        /// Threads of the processor; nothing for the machine's.
        public var threads: Int?
        /// Changes to all recipes.
        public var changes: [String] = []
        /// Where the data lies; nothing to look in the known places.
        public var dataPath: String?
        /// Where decoded pictures are kept; nothing for the user's own cache.
        public var cache: URL?

        /// All questions about digits.
        public init() {}
    }

    private let folder: URL
    private let options: Options
    private let stop: StopRequest
    private let measuring: Measuring
    private let tell: @Sendable (String) -> Void
    private nonisolated let executor = ThreadExecutor(name: "atelier study")

    /// The thread that the study works on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// A study in a folder, new or to be gone on with.
    public init(
        in folder: URL,
        options: Options,
        stop: StopRequest,
        measuring: @escaping Measuring,
        tell: @escaping @Sendable (String) -> Void
    ) {
        (self.folder, self.options, self.stop) = (folder, options, stop)
        (self.measuring, self.tell) = (measuring, tell)
    }

    /// Trains and measures what is still missing, and writes the tables.
    ///
    /// - Returns: The tables, in Markdown; nothing when it was asked to stop before the end.
    /// - Throws: What the world does to files and data; `StudyError` for a folder of another study.
    public func run() async throws -> String? {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let threads = options.threads { Machine.threads = threads }
        Machine.keepMemory()
        // A set that is not there is found before rates are measured, which takes minutes.
        _ = try DatasetCatalog().open(options.set, path: options.dataPath)
        let parts = try parts()
        let plan = try plan(parts)
        for part in parts { try await finish(part, plan) }
        guard stop.cause == nil else { return nil }
        let left = try parts.reduce(0) { try $0 + missing($1, plan).count }
        if left > 0 {
            tell("other processes still train \(left) runs; the last one's tables count")
        }
        let report = StudyReport(
            plan: plan,
            parts: parts,
            results: try StudyFile.results(in: folder)
        ).text
        try AtomicFile.write(report, to: folder.appending(path: "study.md"))
        return report
    }

    /// Trains and measures what a part is missing.
    private func finish(_ part: StudyPart, _ plan: StudyPlan) async throws {
        let jobs = try missing(part, plan)
        guard !jobs.isEmpty, stop.cause == nil else { return }
        let meter = try meter(part)
        for job in jobs where stop.cause == nil {
            let runs = runs(part, job.variant, job.seed)
            try FileManager.default.createDirectory(at: runs, withIntermediateDirectories: true)
            guard let claim = try FileClaim(runs.appending(path: "claim")),
                try missing(part, plan).contains(where: {
                    $0.seed == job.seed && $0.variant.name == job.variant.name
                })
            else { continue }
            try await train(part, job.variant, job.seed, plan, meter)
            withExtendedLifetime(claim) {}
        }
    }

    /// Where a way to train has its runs with a seed.
    private func runs(_ part: StudyPart, _ variant: StudyVariant, _ seed: UInt64) -> URL {
        folder.appending(
            path: "runs/\(part.name)-\(variant.name)-\(seed)",
            directoryHint: .isDirectory
        )
    }

    /// Runs that have no result yet, seed by seed.
    private func missing(
        _ part: StudyPart,
        _ plan: StudyPlan
    ) throws -> [(seed: UInt64, variant: StudyVariant)] {
        let done = try StudyFile.results(in: folder)
        let all = plan.seeds.flatMap { seed in part.variants.map { (seed: seed, variant: $0) } }
        return all.filter { job in
            !done.contains {
                $0.part == part.name && $0.variant == job.variant.name && $0.seed == job.seed
            }
        }
    }

    private func parts() throws -> [StudyPart] {
        try options.questions.map { name in
            switch name {
            case "tasks": .tasks(set: options.set)
            case "likelihood": .likelihood(set: options.set)
            case "tokenizer": .tokenizer(set: options.set)
            default: throw StudyError.unknownQuestion(name)
            }
        }
    }

    /// The plan of the folder, or a new one.
    private func plan(_ parts: [StudyPart]) throws -> StudyPlan {
        let changes =
            options.changes + ["training.epochs=1000000", "evaluation.every-epochs=1000000"]
            + ["snapshots.every-epochs=0", "snapshots.histograms=false"]
        var plan =
            try StudyFile.plan(in: folder)
            ?? StudyPlan(
                minutes: options.minutes,
                seeds: options.seeds,
                changes: changes,
                threads: Machine.threads
            )
        guard plan.minutes == options.minutes, plan.seeds == options.seeds, plan.changes == changes
        else { throw StudyError.otherPlan(folder: folder.path) }
        // Further questions may come later.
        if try plan.measure(parts, tell: tell) { try StudyFile.write(plan, in: folder) }
        return plan
    }

    private func meter(_ part: StudyPart) throws -> any StudyMeter {
        let recipe = try part.variants[0].recipe(options.changes)
        let meter = try measuring(recipe, options, folder)
        tell("\(part.name): the judge tells \(Float(meter.accuracy)) of held-out pictures")
        let done = try StudyFile.results(in: folder)
        if !done.contains(where: { $0.part == part.name && $0.variant == StudyResult.real }) {
            let real = StudyResult(
                part: part.name,
                variant: StudyResult.real,
                seed: 0,
                steps: 0,
                images: 0,
                seconds: 0,
                reason: .completed,
                figures: try meter.figuresOfReal()
            )
            try StudyFile.write(real, in: folder)
            tell(StudyReport.line(real))
        }
        return meter
    }

    /// One run, from where it stands to its end, and what it draws.
    private func train(
        _ part: StudyPart,
        _ variant: StudyVariant,
        _ seed: UInt64,
        _ plan: StudyPlan,
        _ meter: any StudyMeter
    ) async throws {
        guard let entry = plan.entry(part, variant) else { return }
        let trainer = try trainer(part, variant, seed, entry, plan)
        let outcome = try await trainer.run()
        guard stop.cause == nil else { return }
        let state = try CheckpointFile.readState(trainer.folder.lastCheckpoint)
        let figures = try meter.figures(of: trainer.folder.snapshot(images: state.images))
        let result = StudyResult(
            part: part.name,
            variant: variant.name,
            seed: seed,
            steps: state.step,
            images: state.images,
            seconds: state.seconds,
            reason: outcome.reason,
            figures: figures.filter { $0.value.isFinite }
        )
        try StudyFile.write(result, in: folder)
        tell(StudyReport.line(result))
    }

    /// A trainer of a run, new or from where it stands.
    private func trainer(
        _ part: StudyPart,
        _ variant: StudyVariant,
        _ seed: UInt64,
        _ entry: StudyPlan.Entry,
        _ plan: StudyPlan
    ) throws -> Trainer {
        var settings = TrainerOptions()
        settings.root = runs(part, variant, seed)
        settings.dataPath = options.dataPath
        settings.cache = options.cache
        settings.threads = options.threads
        settings.checkpointSteps = max(entry.steps / 10, 1)
        settings.steps = entry.steps
        if let last = try? RunFolder.newest(in: settings.root),
            FileManager.default.fileExists(atPath: last.lastCheckpoint.path)
        {
            let done = try CheckpointFile.readState(last.lastCheckpoint).step
            settings.steps = max(entry.steps - done, 1)
            return try Trainer(resuming: "last", in: last, options: settings, stop: stop)
        }
        let recipe = try variant.recipe(
            plan.changes + ["seed=\(seed)", "training.precision=\(entry.precision.rawValue)"]
        )
        return try Trainer(recipe, options: settings, stop: stop)
    }
}
