import Datasets
import Foundation
import Runs

extension Trainer {
    /// Steps until something ends the session.
    func train(_ session: TrainingSession) async throws -> TrainingOutcome {
        if session.isNew, session.leads { try begin(session) }
        try session.align()
        tell.yield(
            .started(
                folder: folder.url,
                step: session.state.step,
                images: session.state.images,
                totalSteps: session.totalSteps
            )
        )
        var prefetcher = Prefetcher(loader: session.data.loader, from: session.state.position)
        var toldAt = -1.0
        session.tick.reset(at: session.seconds)
        while session.state.step < session.totalSteps {
            let end = session.group == nil ? limit(session, after: 0) : session.agreed
            if let end { return try leave(session, end) }
            let asked = session.clock.now
            let batches = (0..<session.batchesPerStep).map { _ in prefetcher.next() }
            session.tick.add(waiting: (session.clock.now - asked) / .seconds(1))
            options.fault?.plant(in: session)
            let waited = session.group?.waited
            let figures = try session.take(
                batches,
                reason: session.group == nil ? nil : limit(session, after: 1)
            )
            if let waited, let now = session.group?.waited {
                session.tick.add(exchanging: now - waited)
            }
            if figures.isFinite, session.seconds - toldAt > 0.25 {
                toldAt = session.seconds
                tell.yield(.progress(progress(session, figures)))
            }
            switch try decide(session, figures) {
            case .on: break
            case .back:
                prefetcher = Prefetcher(loader: session.data.loader, from: session.state.position)
            case .leave(let reason): return try leave(session, reason)
            case .over(let outcome): return outcome
            }
            // Others may speak to the actor between two steps.
            await Task.yield()
        }
        return try leave(session, .completed)
    }

    /// What follows a step; where several processes train, the leading one decides for all.
    private func decide(_ session: TrainingSession, _ figures: StepFigures) throws -> Decision {
        guard session.group != nil else { return try decision(session, figures) }
        let epochEnded = session.isEpochEnd
        // The same at every process, so that all come here together.
        let isTickEnd = session.tick.images >= tickImages || epochEnded
        guard isTickEnd || isCheckpointDue(session) || !figures.isFinite else { return .on }
        if figures.isFinite, epochEnded || isCheckpointDue(session) { try session.compare() }
        let decision = try session.share(session.leads ? decision(session, figures) : nil)
        guard !session.leads else { return decision }
        if case .back = decision {
            session.reopen(nil)
        } else {
            if isTickEnd { session.tick.reset(at: session.seconds) }
            if epochEnded { session.epochStatistics.reset(at: session.seconds) }
        }
        return decision
    }

    private func decision(_ session: TrainingSession, _ figures: StepFigures) throws -> Decision {
        guard figures.isFinite else {
            let wrong = figures.values.filter { !$0.value.isFinite }.keys.sorted()
            let cause = "\(wrong.joined(separator: ", ")) not finite"
            return try goBack(session, because: cause)
                ? .back : .over(giveUp(session, .nonFinite, because: cause))
        }
        if let reason = try close(session) { return .leave(reason) }
        guard session.watch.isTrouble(session.state) else { return .on }
        let cause = session.symptoms.joined(separator: "; ")
        return try goBack(session, because: cause)
            ? .back : .over(giveUp(session, .diverged, because: cause))
    }

    /// What a new run shows before its first step.
    private func begin(_ session: TrainingSession) throws {
        try session.recorder.picture(session.fixed.reals, to: folder.reals, tag: "reals", step: 0)
        try session.recorder.picture(
            session.fixed.draw(session.program.artist),
            to: folder.firstFakes,
            tag: "fakes",
            step: session.state.step
        )
    }

    /// Why the session ends after so many more steps, if it does.
    private func limit(_ session: TrainingSession, after steps: Int) -> RunStatus.Reason? {
        switch stop.cause {
        case .interrupted: return .interrupted
        case .terminated: return .terminated
        case nil: break
        }
        if Task.isCancelled { return .interrupted }
        if let most = options.steps, session.steps + steps >= most { return .limit }
        if let minutes = options.minutes, session.seconds >= minutes * 60 { return .limit }
        return nil
    }

    /// Does what is due after a step: tick, evaluation, snapshot, checkpoint.
    private func close(_ session: TrainingSession) throws -> RunStatus.Reason? {
        let epochEnded = session.isEpochEnd
        if session.tick.images >= tickImages || epochEnded { try endTick(session) }
        var isBest = false
        var reason: RunStatus.Reason?
        if epochEnded {
            if isDue(recipe.evaluation.everyEpochs, session) {
                let found = try evaluate(session)
                isBest = found.isBest
                reason = found.stops ? .earlyStopping : nil
            }
            if isDue(recipe.snapshots.everyEpochs, session) { try snapshot(session) }
            session.epochStatistics.reset(at: session.seconds)
        }
        if epochEnded || isCheckpointDue(session) {
            let isKept = epochEnded && isDue(recipe.snapshots.keepEvery, session)
            tell.yield(.wrote(try session.saveCheckpoint(keeping: isKept, best: isBest)))
        }
        return reason
    }

    private func isCheckpointDue(_ session: TrainingSession) -> Bool {
        checkpointSteps.map { session.state.step.isMultiple(of: $0) } ?? false
    }

    private func isDue(_ every: Int, _ session: TrainingSession) -> Bool {
        every > 0 && session.epoch.isMultiple(of: every)
    }

    /// Saves everything and reports how the session ended.
    private func leave(
        _ session: TrainingSession,
        _ reason: RunStatus.Reason
    ) throws -> TrainingOutcome {
        try session.compare()
        guard session.leads else { return outcome(session, reason, nil) }
        if session.tick.count > 0 { try endTick(session) }
        if session.snapshotStep != session.state.step { try snapshot(session) }
        let checkpoint = try session.saveCheckpoint(keeping: false, best: false)
        let outcome = outcome(session, reason, checkpoint)
        try session.recorder.end(outcome, state: session.state)
        return outcome
    }

    private func outcome(
        _ session: TrainingSession,
        _ reason: RunStatus.Reason,
        _ checkpoint: URL?
    ) -> TrainingOutcome {
        TrainingOutcome(
            reason: reason,
            step: session.state.step,
            images: session.state.images,
            folder: folder.url,
            checkpoint: checkpoint
        )
    }

    private func endTick(_ session: TrainingSession) throws {
        let found = session.watch.look(
            session.program.artist,
            session.tick.means,
            &session.state
        )
        session.symptoms = found.symptoms
        if !found.symptoms.isEmpty {
            let note = "step \(session.state.step): \(found.symptoms.joined(separator: "; "))"
            try session.recorder.note(note)
            tell.yield(.note(note))
        }
        tell.yield(
            .tick(
                try session.recorder.tick(
                    session.tick,
                    health: found.figures,
                    epoch: session.epoch,
                    state: session.state
                )
            )
        )
        session.state.ticks += 1
        session.tick.reset(at: session.seconds)
    }

    private func progress(_ session: TrainingSession, _ figures: StepFigures) -> TrainingProgress {
        TrainingProgress(
            step: session.state.step,
            totalSteps: session.totalSteps,
            images: session.state.images,
            imagesPerSecond: session.tick.imagesPerSecond,
            figures: figures
        )
    }
}
