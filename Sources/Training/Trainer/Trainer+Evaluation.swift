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
    func evaluate(_ sitting: Sitting) throws -> Verdict {
        let found = sitting.exam.map { sitting.program.judged(on: $0) } ?? Judgement()
        let figures = sitting.epochStatistics.means.merging(found.figures) { $1 }
        for note in found.notes {
            tell.yield(.note(note))
            try sitting.recorder.note(note)
        }
        tell.yield(
            .evaluated(
                try sitting.recorder.evaluation(
                    epoch: sitting.epoch,
                    figures: figures,
                    state: sitting.state
                )
            )
        )
        sitting.state.dualityGap = figures[Recipe.Figure.dualityGap.rawValue]
        let snapshots = recipe.snapshots
        let (figure, mode) =
            sitting.program.monitor(images: sitting.state.images)
            ?? (snapshots.monitor.rawValue, snapshots.mode)
        // What was best by another figure says nothing of this one.
        if let before = sitting.state.bestFigure, before != figure { sitting.state.best = nil }
        let monitored = figures[figure] ?? .nan
        let isBest = isBetter(monitored, than: sitting.state.best, mode, by: 0)
        if isBest { (sitting.state.best, sitting.state.bestFigure) = (monitored, figure) }
        return Verdict(isBest: isBest, stops: shouldStop(sitting, figures))
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
    private func shouldStop(_ sitting: Sitting, _ figures: [String: Double]) -> Bool {
        guard let rule = recipe.earlyStopping else { return false }
        let value = figures[rule.monitor.rawValue] ?? .nan
        if isBetter(value, than: sitting.state.stoppingBest, rule.mode, by: rule.minDelta) {
            sitting.state.stoppingBest = value
            sitting.state.checksWithoutImprovement = 0
        } else {
            sitting.state.checksWithoutImprovement += 1
        }
        let isBelow = { (limit: Double?) in
            limit.map { rule.mode == .min ? value < $0 : value > $0 }
        }
        let isReached = isBelow(rule.stoppingThreshold) ?? false
        let isDiverged =
            rule.divergenceThreshold.map { rule.mode == .min ? value > $0 : value < $0 } ?? false
        return isReached || isDiverged
            || sitting.state.checksWithoutImprovement >= rule.patience
    }
}
