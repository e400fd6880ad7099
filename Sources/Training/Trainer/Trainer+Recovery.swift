import Datasets
import Foundation
import Runs

extension Trainer {
    /// Takes a run that went wrong back to its last good checkpoint, with lower rates.
    ///
    /// - Returns: Whether it went back; otherwise it cannot, or did so often enough.
    func goBack(_ session: TrainingSession, because reason: String) throws -> Bool {
        let file = folder.goodCheckpoint
        let rules = recipe.recovery
        guard session.state.rollbacks < rules.rollbacks,
            FileManager.default.fileExists(atPath: file.path)
        else { return false }
        let from = session.state.step
        let (saved, tensors) = try CheckpointFile.read(file)
        try session.kept.load(tensors, origin: file.path)
        var state = saved
        state.rollbacks = session.state.rollbacks + 1
        state.rateScale = pow(rules.rateFactor, Double(state.rollbacks))
        state.suspicion = 0
        session.kept.streams = saved.streams
        session.kept.turnStreams(by: state.rollbacks)
        let note =
            "step \(from): \(reason); back to step \(saved.step), rates times"
            + " \(Float(state.rateScale)), rollback \(state.rollbacks) of \(rules.rollbacks)"
        session.state = state
        try session.reopen(RunRecorder(folder, recipe: session.recipe, resuming: state))
        try session.recorder.note(note)
        tell.yield(.note(note))
        tell.yield(.wrote(try session.saveCheckpoint(keeping: false, best: false)))
        return true
    }

    /// Ends a run that going back did not help.
    func giveUp(
        _ session: TrainingSession,
        _ reason: RunStatus.Reason,
        because cause: String
    ) throws -> TrainingOutcome {
        let last = folder.goodCheckpoint
        let exists = FileManager.default.fileExists(atPath: last.path)
        let outcome = TrainingOutcome(
            reason: reason,
            step: session.state.step,
            images: session.state.images,
            folder: folder.url,
            checkpoint: exists ? last : nil
        )
        let tried = session.state.rollbacks
        let message =
            "step \(session.state.step): \(cause); "
            + (tried > 0 ? "gone back \(tried) times already; " : "")
            + (exists ? "the last good checkpoint is \(last.path)" : "no checkpoint yet")
        tell.yield(.note(message))
        try session.recorder.end(outcome, state: session.state, message: message)
        return outcome
    }
}
