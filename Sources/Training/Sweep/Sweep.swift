import Files
import Foundation
import Runs

/// Trains the runs of a grid one after the other; what is done is not done again, and a run that was
/// interrupted goes on.
public struct Sweep: Sendable {
    /// Measures a run that has ended: figures by name.
    public typealias Measuring = @Sendable (RunFolder) throws -> [String: Double]

    private let plan: SweepPlan
    private let folder: URL
    private let options: TrainerOptions
    private let stop: StopRequest
    private let tell: @Sendable (String) -> Void

    /// A sweep in a folder, new or to be gone on with.
    ///
    /// - Parameters:
    ///   - plan: The grid.
    ///   - folder: Where its runs and `sweep.json` are.
    ///   - options: Limits and places of each run.
    ///   - stop: Where a wish to stop comes from.
    ///   - tell: Told what happens.
    public init(
        _ plan: SweepPlan,
        in folder: URL,
        options: TrainerOptions,
        stop: StopRequest,
        tell: @escaping @Sendable (String) -> Void
    ) {
        (self.plan, self.folder, self.options) = (plan, folder, options)
        (self.stop, self.tell) = (stop, tell)
    }

    /// What the folder keeps.
    private struct Kept: Codable {
        var plan: SweepPlan
        var rows: [SweepRow]

        func row(of cell: [String], _ rung: Int) -> SweepRow? {
            rows.first { $0.cell == cell && ($0.rung ?? 0) == rung }
        }
    }

    private var file: URL { folder.appending(path: "sweep.json") }

    /// Trains what is missing.
    ///
    /// - Parameter measure: Measures each run that has drawn.
    /// - Returns: A row for each run; nothing when it was asked to stop before the end.
    /// - Throws: `SweepError` for a folder of another sweep, what is wrong with a recipe or the data.
    public func run(measure: Measuring? = nil) async throws -> [SweepRow]? {
        // A grid with a wrong key is refused before anything is trained.
        for cell in plan.cells { _ = try plan.recipe(of: cell) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var kept = Kept(plan: plan, rows: [])
        if FileManager.default.fileExists(atPath: file.path) {
            kept = try JSONDecoder().decode(Kept.self, from: Data(contentsOf: file))
            guard kept.plan == plan else { throw SweepError.otherPlan(folder: folder.path) }
        }
        var round = plan.cells
        var rung = 0
        while true {
            for (number, cell) in round.enumerated() where kept.row(of: cell, rung) == nil {
                let place = plan.halving == nil ? "" : " of round \(rung + 1)"
                tell("run \(number + 1) of \(round.count)\(place): \(name(cell))")
                let (run, outcome) = try await trained(cell, rung)
                guard stop.cause == nil else { return nil }
                kept.rows.append(try row(cell, rung, run, outcome, measure))
                try AtomicFile.write(try JSONEncoder().encode(kept), to: file)
            }
            guard let halving = plan.halving, round.count > 1 else { break }
            let rows = round.compactMap { kept.row(of: $0, rung) }
            guard rows.contains(where: { $0.figures[halving.figure] != nil }) else {
                throw SweepError.nothingDecides(
                    figure: halving.figure,
                    found: Set(rows.flatMap(\.figures.keys)).sorted()
                )
            }
            round = halving.best(of: rows).map(\.cell)
            rung += 1
        }
        let cells = plan.cells
        return (0...rung).flatMap { rung in cells.compactMap { kept.row(of: $0, rung) } }
    }

    /// The limits of a run that was chosen so often to go on.
    private func limits(of rung: Int) -> TrainerOptions {
        let share = plan.halving?.share(of: rung) ?? 1
        var options = options
        options.steps = options.steps.map { steps in
            let (product, isTooLarge) = steps.multipliedReportingOverflow(by: share)
            return isTooLarge ? .max : product
        }
        options.minutes = options.minutes.map { $0 * Double(share) }
        return options
    }

    /// A run's values with their keys.
    private func name(_ cell: [String]) -> String {
        zip(plan.axes, cell).map { "\($0.key)=\($1)" }.joined(separator: " ")
    }

    /// A run that has ended: one that ended before its row was written is not trained further.
    private func trained(
        _ cell: [String],
        _ rung: Int
    ) async throws -> (RunFolder, TrainingOutcome) {
        let number = plan.cells.firstIndex(of: cell) ?? 0
        var options = limits(of: rung)
        options.root = folder.appending(path: "runs/\(number)", directoryHint: .isDirectory)
        let last = try? RunFolder.newest(in: options.root)
        let done = last.flatMap { try? CheckpointFile.readState($0.lastCheckpoint) }
        if let last, let status = try? RunStatus.read(last.status), let reason = status.reason,
            reason != .error,
            reason.state != .stopped || reason == .limit && hasEnough(done, options)
        {
            return (
                last,
                TrainingOutcome(
                    reason: reason,
                    step: status.step,
                    images: status.images,
                    folder: last.url,
                    checkpoint: nil
                )
            )
        }
        let trainer: Trainer
        if let last, let done {
            options.steps = options.steps.map { max($0 - done.step, 1) }
            options.minutes = options.minutes.map { max($0 - done.seconds / 60, 0.001) }
            trainer = try Trainer(resuming: "last", in: last, options: options, stop: stop)
        } else {
            trainer = try Trainer(plan.recipe(of: cell), options: options, stop: stop)
        }
        return (trainer.folder, try await trainer.run())
    }

    /// Whether a run has had its steps or its minutes.
    private func hasEnough(_ done: TrainingState?, _ limits: TrainerOptions) -> Bool {
        guard let done else { return false }
        if let steps = limits.steps, done.step >= steps { return true }
        return limits.minutes.map { done.seconds >= $0 * 60 - 0.5 } ?? false
    }

    /// What a run came to; what was measured also goes to TensorBoard.
    private func row(
        _ cell: [String],
        _ rung: Int,
        _ run: RunFolder,
        _ outcome: TrainingOutcome,
        _ measure: Measuring?
    ) throws -> SweepRow {
        var figures: [String: Double] = [:]
        for entry in try Journal.read(run.stats) {
            for (name, value) in entry.statistics where name.hasPrefix("Evaluation/") {
                figures[name] = value.mean
            }
        }
        let measured = outcome.reason.state == .failed ? [:] : try measure?(run) ?? [:]
        if !measured.isEmpty {
            let board = try EventWriter(folder: run.url, resumeStep: outcome.step)
            let named = Dictionary(
                uniqueKeysWithValues: measured.map { ("Metrics/\($0.key)", $0.value) }
            )
            board.scalars(named, step: outcome.step)
            try board.flush()
            figures.merge(named) { $1 }
        }
        return SweepRow(
            cell: cell,
            rung: plan.halving.map { _ in rung },
            run: "runs/\(run.url.deletingLastPathComponent().lastPathComponent)/\(run.name)",
            reason: outcome.reason,
            images: outcome.images,
            figures: figures.filter { $0.value.isFinite }
        )
    }
}
