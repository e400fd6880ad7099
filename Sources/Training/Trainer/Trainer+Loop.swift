import Datasets
import Foundation
import Runs

extension Trainer {
    /// Steps until something ends the sitting.
    func train(_ sitting: Sitting) async throws -> TrainingOutcome {
        if sitting.isNew, sitting.leads { try begin(sitting) }
        try sitting.align()
        tell.yield(
            .started(
                folder: folder.url,
                step: sitting.state.step,
                images: sitting.state.images,
                totalSteps: sitting.totalSteps
            )
        )
        var prefetcher = Prefetcher(loader: sitting.data.loader, from: sitting.state.position)
        var toldAt = -1.0
        sitting.tick.reset(at: sitting.seconds)
        while sitting.state.step < sitting.totalSteps {
            let end = sitting.group == nil ? limit(sitting, after: 0) : sitting.agreed
            if let end { return try leave(sitting, end) }
            let asked = sitting.clock.now
            let batches = (0..<sitting.batchesPerStep).map { _ in prefetcher.next() }
            sitting.tick.add(waiting: (sitting.clock.now - asked) / .seconds(1))
            options.rehearsal?.plant(in: sitting)
            let waited = sitting.group?.waited
            let figures = try sitting.take(
                batches,
                wish: sitting.group == nil ? nil : limit(sitting, after: 1)
            )
            if let waited, let now = sitting.group?.waited {
                sitting.tick.add(exchanging: now - waited)
            }
            if figures.isFinite, sitting.seconds - toldAt > 0.25 {
                toldAt = sitting.seconds
                tell.yield(.progress(progress(sitting, figures)))
            }
            switch try decide(sitting, figures) {
            case .on: break
            case .back:
                prefetcher = Prefetcher(loader: sitting.data.loader, from: sitting.state.position)
            case .leave(let reason): return try leave(sitting, reason)
            case .over(let outcome): return outcome
            }
            // Others may speak to the actor between two steps.
            await Task.yield()
        }
        return try leave(sitting, .completed)
    }

    /// What follows a step; where several processes train, the leading one decides for all.
    private func decide(_ sitting: Sitting, _ figures: StepFigures) throws -> Decision {
        guard sitting.group != nil else { return try decision(sitting, figures) }
        let epochEnded = sitting.isEpochEnd
        // The same at every process, so that all come here together.
        let isTickEnd = sitting.tick.images >= tickImages || epochEnded
        guard isTickEnd || isCheckpointDue(sitting) || !figures.isFinite else { return .on }
        if figures.isFinite, epochEnded || isCheckpointDue(sitting) { try sitting.compare() }
        let decision = try sitting.share(sitting.leads ? decision(sitting, figures) : nil)
        guard !sitting.leads else { return decision }
        if case .back = decision {
            sitting.reopen(nil)
        } else {
            if isTickEnd { sitting.tick.reset(at: sitting.seconds) }
            if epochEnded { sitting.epochStatistics.reset(at: sitting.seconds) }
        }
        return decision
    }

    private func decision(_ sitting: Sitting, _ figures: StepFigures) throws -> Decision {
        guard figures.isFinite else {
            let wrong = figures.values.filter { !$0.value.isFinite }.keys.sorted()
            let cause = "\(wrong.joined(separator: ", ")) not finite"
            return try goBack(sitting, because: cause)
                ? .back : .over(giveUp(sitting, .nonFinite, because: cause))
        }
        if let reason = try close(sitting) { return .leave(reason) }
        guard sitting.watch.isTrouble(sitting.state) else { return .on }
        let cause = sitting.symptoms.joined(separator: "; ")
        return try goBack(sitting, because: cause)
            ? .back : .over(giveUp(sitting, .diverged, because: cause))
    }

    /// What a new run shows before its first step.
    private func begin(_ sitting: Sitting) throws {
        try sitting.recorder.picture(sitting.fixed.reals, to: folder.reals, tag: "reals", step: 0)
        try sitting.recorder.picture(
            sitting.fixed.draw(sitting.program.artist),
            to: folder.firstFakes,
            tag: "fakes",
            step: sitting.state.step
        )
    }

    /// Why the sitting ends after so many more steps, if it does.
    private func limit(_ sitting: Sitting, after steps: Int) -> RunStatus.Reason? {
        switch stop.cause {
        case .interrupted: return .interrupted
        case .terminated: return .terminated
        case nil: break
        }
        if Task.isCancelled { return .interrupted }
        if let most = options.steps, sitting.steps + steps >= most { return .limit }
        if let minutes = options.minutes, sitting.seconds >= minutes * 60 { return .limit }
        return nil
    }

    /// Does what is due after a step: tick, evaluation, snapshot, checkpoint.
    private func close(_ sitting: Sitting) throws -> RunStatus.Reason? {
        let epochEnded = sitting.isEpochEnd
        if sitting.tick.images >= tickImages || epochEnded { try endTick(sitting) }
        var isBest = false
        var reason: RunStatus.Reason?
        if epochEnded {
            if isDue(recipe.evaluation.everyEpochs, sitting) {
                let found = try evaluate(sitting)
                isBest = found.isBest
                reason = found.stops ? .earlyStopping : nil
            }
            if isDue(recipe.snapshots.everyEpochs, sitting) { try snapshot(sitting) }
            sitting.epochStatistics.reset(at: sitting.seconds)
        }
        if epochEnded || isCheckpointDue(sitting) {
            let isKept = epochEnded && isDue(recipe.snapshots.keepEvery, sitting)
            tell.yield(.wrote(try sitting.saveCheckpoint(keeping: isKept, best: isBest)))
        }
        return reason
    }

    private func isCheckpointDue(_ sitting: Sitting) -> Bool {
        checkpointSteps.map { sitting.state.step.isMultiple(of: $0) } ?? false
    }

    private func isDue(_ every: Int, _ sitting: Sitting) -> Bool {
        every > 0 && sitting.epoch.isMultiple(of: every)
    }

    /// Saves everything and reports how the sitting ended.
    private func leave(
        _ sitting: Sitting,
        _ reason: RunStatus.Reason
    ) throws -> TrainingOutcome {
        try sitting.compare()
        guard sitting.leads else { return outcome(sitting, reason, nil) }
        if sitting.tick.count > 0 { try endTick(sitting) }
        if sitting.snapshotStep != sitting.state.step { try snapshot(sitting) }
        let checkpoint = try sitting.saveCheckpoint(keeping: false, best: false)
        let outcome = outcome(sitting, reason, checkpoint)
        try sitting.recorder.end(outcome, state: sitting.state)
        return outcome
    }

    private func outcome(
        _ sitting: Sitting,
        _ reason: RunStatus.Reason,
        _ checkpoint: URL?
    ) -> TrainingOutcome {
        TrainingOutcome(
            reason: reason,
            step: sitting.state.step,
            images: sitting.state.images,
            folder: folder.url,
            checkpoint: checkpoint
        )
    }

    private func endTick(_ sitting: Sitting) throws {
        let found = sitting.watch.look(
            sitting.program.artist,
            sitting.tick.means,
            &sitting.state
        )
        sitting.symptoms = found.symptoms
        if !found.symptoms.isEmpty {
            let note = "step \(sitting.state.step): \(found.symptoms.joined(separator: "; "))"
            try sitting.recorder.note(note)
            tell.yield(.note(note))
        }
        tell.yield(
            .tick(
                try sitting.recorder.tick(
                    sitting.tick,
                    health: found.figures,
                    epoch: sitting.epoch,
                    state: sitting.state
                )
            )
        )
        sitting.state.ticks += 1
        sitting.tick.reset(at: sitting.seconds)
    }

    private func progress(_ sitting: Sitting, _ figures: StepFigures) -> TrainingProgress {
        TrainingProgress(
            step: sitting.state.step,
            totalSteps: sitting.totalSteps,
            images: sitting.state.images,
            imagesPerSecond: sitting.tick.imagesPerSecond,
            figures: figures
        )
    }
}
