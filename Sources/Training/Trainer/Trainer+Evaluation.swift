import Datasets
import Foundation
import Runs

extension Trainer {
    /// What an evaluation decides.
    struct Verdict {
        /// Whether the monitored figure was never better.
        var isBest: Bool
        /// Whether early stopping ends the run.
        var stops: Bool
    }

    /// Judges the networks on held-out data and reports the seeds' figures.
    func evaluate(_ session: TrainingSession) throws -> Verdict {
        let found = session.exam.map { session.program.judged(on: $0) } ?? EvaluationResult()
        let figures = session.epochStatistics.means.merging(found.figures) { $1 }
        for note in found.notes {
            tell.yield(.note(note))
            try session.recorder.note(note)
        }
        tell.yield(
            .evaluated(
                try session.recorder.evaluation(
                    epoch: session.epoch,
                    figures: figures,
                    state: session.state
                )
            )
        )
        session.state.dualityGap = figures[Recipe.Figure.dualityGap.rawValue]
        let snapshots = recipe.snapshots
        let (figure, mode) =
            session.program.monitor(images: session.state.images)
            ?? (snapshots.monitor.rawValue, snapshots.mode)
        // What was best by another figure says nothing of this one.
        if let before = session.state.bestFigure, before != figure { session.state.best = nil }
        let monitored = figures[figure] ?? .nan
        let isBest = isBetter(monitored, than: session.state.best, mode, by: 0)
        if isBest { (session.state.best, session.state.bestFigure) = (monitored, figure) }
        return Verdict(isBest: isBest, stops: shouldStop(session, figures))
    }

    private func isBetter(
        _ value: Double,
        than best: Double?,
        _ mode: Recipe.Mode,
        by delta: Double
    ) -> Bool {
        value.isFinite && (best.map { mode.isBetter(value, than: $0, by: delta) } ?? true)
    }

    /// Early stopping as Lightning has it: patience is counted in checks.
    private func shouldStop(_ session: TrainingSession, _ figures: [String: Double]) -> Bool {
        guard let rule = recipe.earlyStopping else { return false }
        let value = figures[rule.monitor.rawValue] ?? .nan
        if isBetter(value, than: session.state.stoppingBest, rule.mode, by: rule.minDelta) {
            session.state.stoppingBest = value
            session.state.checksWithoutImprovement = 0
        } else {
            session.state.checksWithoutImprovement += 1
        }
        let isBelow = { (limit: Double?) in
            limit.map { rule.mode == .min ? value < $0 : value > $0 }
        }
        let isReached = isBelow(rule.stoppingThreshold) ?? false
        let isDiverged =
            rule.divergenceThreshold.map { rule.mode == .min ? value > $0 : value < $0 } ?? false
        return isReached || isDiverged
            || session.state.checksWithoutImprovement >= rule.patience
    }
}
