import Torch

extension Optimizer {
    /// Everything that later steps depend on, by name: copies that stay as they are.
    ///
    /// `step`, and `PARAMETER.MEMORY` for all that is remembered. The learning rate is not part of
    /// it: it follows from rule and schedule.
    public func state() -> [(String, Tensor)] {
        [("step", Tensor([stepCount], shape: []))]
            + named().map { ($0.name, withoutGradients($0.tensor.copied)) }
    }

    /// Goes on from a saved state: the next steps are bit for bit those that would have followed.
    ///
    /// - Throws: `OptimizerError` when a name is missing or unexpected, or a type or shape is not
    ///   that of this optimizer; it is then unchanged.
    public func load(state: [(String, Tensor)]) throws(OptimizerError) {
        let owner = "optimizer (\(rule.name))"
        var named = named()
        named.append(("step", Tensor([stepCount], shape: [])))
        let found = try SavedState.match(state, to: named, owner: owner)
        let value = found.last?.item() ?? -1
        guard let step = Int(exactly: value), (0...1 << 60).contains(step) else {
            throw .mismatch(
                owner: owner,
                name: "step",
                expected: "0 to \(1 << 60)",
                found: "\(value)"
            )
        }
        withoutGradients {
            Foreach.copy(found.dropLast(), into: named.dropLast().map(\.tensor))
        }
        stepCount = step
    }

    /// Forgets all that is remembered: the next step is as the first.
    public func forget() {
        withoutGradients {
            for tensors in memory {
                Foreach.copy(tensors.map { $0.zerosLike() }, into: tensors)
            }
        }
        stepCount = 0
    }

    /// How many bytes are remembered between steps.
    public var memoryByteCount: Int {
        memory.joined().reduce(0) { $0 + $1.count * $1.dtype.byteCount }
    }

    private func named() -> [(name: String, tensor: Tensor)] {
        zip(parameters, zip(memoryNames, memory)).flatMap { parameter, remembered in
            zip(remembered.0, remembered.1).map { ("\(parameter.name).\($0)", $1) }
        }
    }
}
