import Checks
import Torch

/// Each place of a map looks at all others, a quarter of them standing for four each; at first it adds nothing.
///
/// Shape: N×channels×H×W → N×channels×H×W, H and W even.
///
/// Source: Zhang et al., "Self-attention generative adversarial networks", ICML 2019, in the form of BigGAN: places
/// looked at are the largest of four.
public final class SelfAttention2D: Module {
    private let query: Convolution2D
    private let key: Convolution2D
    private let value: Convolution2D
    private let last: Convolution2D
    /// How much of what is seen is added.
    @Parameter private var share: Tensor = .zeros([])

    /// A layer whose weights are drawn from the source.
    ///
    /// - Precondition: eight channels or more.
    public init(_ channels: Int, form: WeightForm = .plain, using source: RandomSource) {
        precondition(channels >= 8, "attention over \(channels) channels, 8 at least")
        func part(_ inputs: Int, _ outputs: Int) -> Convolution2D {
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 1,
                bias: false,
                initializer: .glorotUniform,
                form: form,
                using: source
            )
        }
        (query, key) = (part(channels, channels / 8), part(channels, channels / 8))
        (value, last) = (part(channels, channels / 2), part(channels / 2, channels))
    }

    /// The map with what its places see of each other.
    public func callAsFunction(_ map: Tensor) -> Tensor {
        func pooled(_ map: Tensor) -> Tensor { map.maxPooled(window: [2, 2], stride: [2, 2]) }
        // Products in place of one call for all: penalties on slopes need the derivatives' derivatives.
        let shares = query(map).flattened(from: 2).transposed(1, 2)
            .multiplied(by: pooled(key(map)).flattened(from: 2)).softmax(along: 2)
        let seen = pooled(value(map)).flattened(from: 2).multiplied(by: shares.transposed(1, 2))
            .reshaped([map.size(0), map.size(1) / 2, map.size(2), map.size(3)])
        return map + last(seen) * share.converted(to: map.dtype)
    }
}
