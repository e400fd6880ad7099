import Adversarial
import Datasets
import Foundation
import Runs
import Torch

extension TrainingSession {
    /// Whether this process writes, judges and decides.
    var leads: Bool { group?.leads ?? true }

    /// Takes a step on this process's share of the batches; all processes see the figures of the whole.
    ///
    /// - Throws: `ProcessGroupError` where another process is lost; the networks are not to be used then.
    func step(_ batches: [LabelledPictures], _ reason: RunStatus.Reason?) throws -> StepFigures {
        guard let group else { return program.step(batches, images: state.images) }
        let own = ProcessGroup.$current.withValue(group) {
            program.step(batches, images: state.images)
        }
        // First what went wrong within the step.
        try group.check()
        let names = own.values.keys.sorted()
        let lanes = TrainingSession.reasons.map { reason == $0 ? 1.0 : 0 }
        let means = try group.averaged(names.map { own.values[$0] ?? 0 } + lanes)
        agreed = zip(TrainingSession.reasons, means.suffix(lanes.count)).first { $1 > 0 }?.0
        return StepFigures(zip(names, means).map { (name: $0, value: $1) })
    }

    /// Why processes end a session together; the first that any of them has counts.
    private static let reasons: [RunStatus.Reason] = [.interrupted, .terminated, .limit]

    /// Gives all processes the state, weights and memories of the leading one.
    ///
    /// - Throws: `ProcessGroupError`, and what loading says.
    func align() throws {
        guard let group else { return }
        try spread(state: group)
        stepsBefore = state.step
        guard state.pictures == data.training.count else {
            throw TrainingError.otherData(
                expected: state.pictures,
                found: data.training.count,
                set: recipe.data.set
            )
        }
        var all: [String: Tensor] = [:]
        for (name, tensor) in kept.state() {
            let own = withoutGradients { tensor.copied() }
            try group.spread(own)
            all[name] = own
        }
        if !leads { try kept.load(all, origin: "process 0") }
    }

    /// Gives all processes the state of the leading one, and where its streams of numbers stand.
    private func spread(state group: ProcessGroup) throws {
        state.streams = kept.streams
        let own = leads ? [UInt8](try JSONEncoder().encode(state)) : []
        let found = try group.spread(own)
        guard !leads else { return }
        state = try JSONDecoder().decode(TrainingState.self, from: Data(found))
        kept.streams = state.streams
    }

    /// Tells what was decided after a step, or hears it.
    ///
    /// - Parameter decision: What the leading process decided; others give nil.
    /// - Returns: The decision.
    /// - Throws: `ProcessGroupError`.
    func share(_ decision: Decision?) throws -> Decision {
        guard let group else { return decision ?? .on }
        let own = try decision.map { [UInt8](try JSONEncoder().encode($0)) } ?? []
        let found = try JSONDecoder().decode(Decision.self, from: Data(group.spread(own)))
        if case .back = found { try align() } else { try spread(state: group) }
        return found
    }

    /// Stops a run whose processes do not have the same numbers.
    ///
    /// - Throws: `ProcessGroupError.differing`, which names the first tensor that differs.
    func compare() throws {
        guard let group else { return }
        let named = kept.state()
        let marks = named.map { _, tensor in
            tensor.bytes().withUnsafeBytes { Int(bitPattern: UInt(XXHash64.hash($0))) }
        }
        let all = try group.gathered(Tensor(marks)).map { $0.elements(as: Int.self) }
        for (process, theirs) in all.enumerated() where theirs != all[0] {
            let place = zip(theirs, all[0]).enumerated().first { $1.0 != $1.1 }?.offset
            let name = place.map { named[$0].0 } ?? "the number of tensors"
            throw ProcessGroupError.differing(
                process: process,
                what: "'\(name)' after step \(state.step)"
            )
        }
    }
}

/// What is done after a step.
enum Decision: Codable {
    /// The next step.
    case on
    /// Steps again from an earlier checkpoint.
    case back
    /// The session ends, and everything is saved.
    case leave(RunStatus.Reason)
    /// The run is given up, and nothing is saved.
    case over(TrainingOutcome)
}
