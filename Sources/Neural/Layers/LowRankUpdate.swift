import Torch

/// What is added to a layer's weights, as a product of two narrow matrices: few numbers learn, the weights stay.
///
/// Source: Hu et al., "LoRA: Low-rank adaptation of large language models", ICLR 2022: the first matrix
/// begins by chance, the second as zeros, so that nothing changes at first.
public final class LowRankUpdate: Module {
    /// From the inputs to few numbers.
    ///
    /// Shape: rank×inputs.
    @Parameter public var down: Tensor
    /// From those to the outputs.
    ///
    /// Shape: outputs×rank.
    @Parameter public var up: Tensor
    private let scale: Double

    /// An update that is zero.
    ///
    /// - Parameters:
    ///   - layer: Shape of the layer's weights: outputs, inputs.
    ///   - rank: Rows of the first matrix.
    ///   - strength: What the product is multiplied by, before it is divided by the rank.
    ///   - source: Where the first matrix comes from.
    init(of layer: [Int], rank: Int, strength: Double, using source: RandomSource) {
        down = Initializer.torchDefault.draw(
            [rank, layer[1]],
            fans: Fans(inputs: layer[1], outputs: rank),
            using: source
        )
        up = Tensor.zeros([layer[0], rank])
        scale = strength / Double(rank)
    }

    /// What is added to the weights.
    ///
    /// Shape: outputs×inputs.
    var product: Tensor { up.multiplied(by: down) * scale }
}

extension Module {
    /// The state without updates: each added to its layer's weights.
    public func wholeState() -> [(name: String, tensor: Tensor)] {
        let updated = updates
        let parts = Set(updated.flatMap { ["\($0.name).update.down", "\($0.name).update.up"] })
        let layers = Dictionary(
            uniqueKeysWithValues: updated.map { ("\($0.name).weight", $0.layer) }
        )
        return state().compactMap { name, tensor in
            if parts.contains(name) { return nil }
            return (name, layers[name].map { $0.whole.detached() } ?? tensor)
        }
    }

    /// Layers with an update, by name.
    public var updates: [(name: String, layer: Dense)] {
        members.modules.compactMap { name, module in
            guard let layer = module as? Dense, layer.update != nil else { return nil }
            return (name, layer)
        }
    }
}
