import Datasets
import Foundation
import Runs

extension Trainer {
    /// Takes a run that went wrong back to its last good checkpoint, with lower rates.
    ///
    /// - Returns: Whether it went back; otherwise it cannot, or did so often enough.
    func goBack(_ sitting: Sitting, because reason: String) throws -> Bool {
        let file = folder.goodCheckpoint
        let rules = recipe.recovery
        guard sitting.state.rollbacks < rules.rollbacks,
            FileManager.default.fileExists(atPath: file.path)
        else { return false }
        let from = sitting.state.step
        let (saved, tensors) = try CheckpointFile.read(file)
        try sitting.kept.load(tensors, origin: file.path)
        var state = saved
        state.rollbacks = sitting.state.rollbacks + 1
        state.rateScale = pow(rules.rateFactor, Double(state.rollbacks))
        state.suspicion = 0
        sitting.kept.streams = saved.streams
        sitting.kept.turnStreams(by: state.rollbacks)
        let note =
            "step \(from): \(reason); back to step \(saved.step), rates times"
            + " \(Float(state.rateScale)), rollback \(state.rollbacks) of \(rules.rollbacks)"
        sitting.state = state
        try sitting.reopen(RunRecorder(folder, recipe: sitting.recipe, resuming: state))
        try sitting.recorder.note(note)
        tell.yield(.note(note))
        tell.yield(.wrote(try sitting.saveCheckpoint(keeping: false, best: false)))
        return true
    }

    /// Ends a run that going back did not help.
    func giveUp(
        _ sitting: Sitting,
        _ reason: RunStatus.Reason,
        because cause: String
    ) throws -> TrainingOutcome {
        let last = folder.goodCheckpoint
        let exists = FileManager.default.fileExists(atPath: last.path)
        let outcome = TrainingOutcome(
            reason: reason,
            step: sitting.state.step,
            images: sitting.state.images,
            folder: folder.url,
            checkpoint: exists ? last : nil
        )
        let tried = sitting.state.rollbacks
        let message =
            "step \(sitting.state.step): \(cause); "
            + (tried > 0 ? "gone back \(tried) times already; " : "")
            + (exists ? "the last good checkpoint is \(last.path)" : "no checkpoint yet")
        tell.yield(.note(message))
        try sitting.recorder.end(outcome, state: sitting.state, message: message)
        return outcome
    }
}
