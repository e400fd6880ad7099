import Datasets
import Foundation
import Runs

extension Trainer {
    /// Steps until something ends the sitting.
    func train(_ sitting: Sitting) async throws -> TrainingOutcome {
        if sitting.isNew { try begin(sitting) }
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
            if let reason = limit(sitting) { return try await leave(sitting, reason) }
            let asked = sitting.clock.now
            let batches = (0..<sitting.batchesPerStep).map { _ in prefetcher.next() }
            sitting.tick.add(waiting: (sitting.clock.now - asked) / .seconds(1))
            options.rehearsal?.plant(in: sitting)
            let figures = sitting.take(batches)
            guard figures.isFinite else {
                let wrong = figures.values.filter { !$0.value.isFinite }.keys.sorted()
                let cause = "\(wrong.joined(separator: ", ")) not finite"
                guard try goBack(sitting, because: cause) else {
                    return try giveUp(sitting, .nonFinite, because: cause)
                }
                prefetcher = Prefetcher(loader: sitting.data.loader, from: sitting.state.position)
                continue
            }
            if sitting.seconds - toldAt > 0.25 {
                toldAt = sitting.seconds
                tell.yield(.progress(progress(sitting, figures)))
            }
            if let reason = try close(sitting) { return try await leave(sitting, reason) }
            if sitting.watch.isTrouble(sitting.state) {
                let cause = sitting.symptoms.joined(separator: "; ")
                guard try goBack(sitting, because: cause) else {
                    return try giveUp(sitting, .diverged, because: cause)
                }
                prefetcher = Prefetcher(loader: sitting.data.loader, from: sitting.state.position)
            }
            // Others may speak to the actor between two steps.
            await Task.yield()
        }
        return try await leave(sitting, .completed)
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

    /// Why the sitting ends before its next step, if it does.
    private func limit(_ sitting: Sitting) -> RunStatus.Reason? {
        switch stop.cause {
        case .interrupted: return .interrupted
        case .terminated: return .terminated
        case nil: break
        }
        if Task.isCancelled { return .interrupted }
        if let steps = options.steps, sitting.steps >= steps { return .limit }
        if let minutes = options.minutes, sitting.seconds >= minutes * 60 { return .limit }
        return nil
    }

    /// Does what is due after a step: tick, evaluation, snapshot, checkpoint.
    private func close(_ sitting: Sitting) throws -> RunStatus.Reason? {
        let epochEnded = sitting.isEpochEnd
        if sitting.tick.images >= options.tickImages || epochEnded { try endTick(sitting) }
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
        let isStepDue = options.checkpointSteps.map { sitting.state.step.isMultiple(of: $0) }
        if epochEnded || isStepDue == true {
            let isKept = epochEnded && isDue(recipe.snapshots.keepEvery, sitting)
            tell.yield(.wrote(try sitting.saveCheckpoint(keeping: isKept, best: isBest)))
        }
        return reason
    }

    private func isDue(_ every: Int, _ sitting: Sitting) -> Bool {
        every > 0 && sitting.epoch.isMultiple(of: every)
    }

    /// Saves everything and reports how the sitting ended.
    private func leave(
        _ sitting: Sitting,
        _ reason: RunStatus.Reason
    ) async throws -> TrainingOutcome {
        if sitting.tick.count > 0 { try endTick(sitting) }
        if sitting.snapshotStep != sitting.state.step { try snapshot(sitting) }
        let checkpoint = try sitting.saveCheckpoint(keeping: false, best: false)
        let outcome = TrainingOutcome(
            reason: reason,
            step: sitting.state.step,
            images: sitting.state.images,
            folder: folder.url,
            checkpoint: checkpoint
        )
        try sitting.recorder.end(outcome, state: sitting.state)
        return outcome
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
