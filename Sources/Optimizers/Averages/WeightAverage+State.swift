import Torch

extension WeightAverage {
    /// Everything that later updates depend on, by name: copies that stay as they are.
    ///
    /// `images`, `updates`, and `weights.NAME` for each parameter and buffer.
    public func state() -> [(String, Tensor)] {
        named().map { ($0.name, withoutGradients($0.tensor.copied)) }
    }

    /// Goes on from a saved state, bit for bit.
    ///
    /// - Throws: `OptimizerError` when a name is missing or unexpected, or a type or shape is not
    ///   that of this average; it is then unchanged.
    public func load(state: [(String, Tensor)]) throws(OptimizerError) {
        let named = named()
        let found = try SavedState.match(state, to: named, owner: "weight average")
        var counts: [Int] = []
        for (name, tensor) in zip(["images", "updates"], found) {
            let value = tensor.item()
            guard let count = Int(exactly: value), (0...1 << 60).contains(count) else {
                throw .badSetting(name: name, value: value, expected: "0 to \(1 << 60)")
            }
            counts.append(count)
        }
        withoutGradients {
            Foreach.copy(Array(found.dropFirst(2)), into: named.dropFirst(2).map(\.tensor))
        }
        (imagesSeen, updateCount) = (counts[0], counts[1])
    }

    private func named() -> [(name: String, tensor: Tensor)] {
        [
            ("images", Tensor([imagesSeen], shape: [])),
            ("updates", Tensor([updateCount], shape: [])),
        ] + tensors.map { ("weights.\($0.name)", $0.tensor) }
    }
}
