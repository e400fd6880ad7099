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
        for (number, cell) in plan.cells.enumerated()
        where !kept.rows.contains(where: { $0.cell == cell }) {
            tell("run \(number + 1) of \(plan.cells.count): \(name(cell))")
            let root = folder.appending(path: "runs/\(number)", directoryHint: .isDirectory)
            let (run, outcome) = try await trained(cell, root)
            guard stop.cause == nil else { return nil }
            kept.rows.append(try row(cell, run, outcome, measure))
            try AtomicFile.write(try JSONEncoder().encode(kept), to: file)
        }
        return plan.cells.compactMap { cell in kept.rows.first { $0.cell == cell } }
    }

    /// A run's values with their keys.
    private func name(_ cell: [String]) -> String {
        zip(plan.axes, cell).map { "\($0.key)=\($1)" }.joined(separator: " ")
    }

    /// A run that has ended: one that ended before its row was written is not trained further.
    private func trained(
        _ cell: [String],
        _ root: URL
    ) async throws -> (RunFolder, TrainingOutcome) {
        if let last = try? RunFolder.newest(in: root),
            let status = try? RunStatus.read(last.status), let reason = status.reason,
            reason.state != .stopped || reason == .limit && status.step >= options.steps ?? .max,
            reason != .error
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
        let trainer = try trainer(cell, root)
        return (trainer.folder, try await trainer.run())
    }

    /// A trainer of a run, new or from where it stands.
    private func trainer(_ cell: [String], _ root: URL) throws -> Trainer {
        var options = options
        options.root = root
        if let last = try? RunFolder.newest(in: root),
            FileManager.default.fileExists(atPath: last.lastCheckpoint.path)
        {
            if let steps = options.steps {
                let done = try CheckpointFile.readState(last.lastCheckpoint).step
                options.steps = max(steps - done, 1)
            }
            return try Trainer(resuming: "last", in: last, options: options, stop: stop)
        }
        return try Trainer(plan.recipe(of: cell), options: options, stop: stop)
    }

    /// What a run came to; what was measured also goes to TensorBoard.
    private func row(
        _ cell: [String],
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
            run: "runs/\(run.url.deletingLastPathComponent().lastPathComponent)/\(run.name)",
            reason: outcome.reason,
            images: outcome.images,
            figures: figures.filter { $0.value.isFinite }
        )
    }
}

/// Why a sweep cannot go on.
public enum SweepError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A folder that holds another grid.
    case otherPlan(folder: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .otherPlan(let folder):
            "\(folder) holds a sweep over another grid. Give the same recipe, --grid, --set, --steps and --metrics as then, or"
                + " another folder with --out."
        }
    }
}
