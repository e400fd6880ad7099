import Torch

/// Compares a saved state with what its owner has: all names, no others, same types and shapes.
enum SavedState {
    /// The saved tensors in the owner's order.
    static func match(
        _ state: [(String, Tensor)],
        to expected: [(name: String, tensor: Tensor)],
        owner: String
    ) throws(OptimizerError) -> [Tensor] {
        let saved = Dictionary(state, uniquingKeysWith: { first, _ in first })
        let names = Set(expected.map(\.name))
        let missing = expected.map(\.name).filter { saved[$0] == nil }
        guard missing.isEmpty else { throw .missing(owner: owner, names: missing) }
        // A name that is there twice is one too many.
        guard state.count == names.count else {
            var left = names
            let extra = state.map(\.0).filter { left.remove($0) == nil }
            throw .unexpected(owner: owner, names: extra)
        }
        var result: [Tensor] = []
        for (name, tensor) in expected {
            guard let found = saved[name] else { continue }
            guard found.shape == tensor.shape, found.dtype == tensor.dtype else {
                throw .mismatch(
                    owner: owner,
                    name: name,
                    expected: tensor.summary,
                    found: found.summary
                )
            }
            result.append(found)
        }
        return result
    }
}
