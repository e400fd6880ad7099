import Neural
import Torch

/// Tells how likely each code is in a later group of a place, given the codes of the earlier ones.
///
/// Source: Lee et al., "Autoregressive image generation using residual quantization", CVPR 2022, for
/// several codes of a place drawn one after the other; a gated layer takes its small transformer's
/// place.
final class FollowingHead: Module {
    private let earlier: Embedding
    private let gate: Dense
    private let up: Dense
    private let down: Dense
    private let norm: RMSNorm
    private let head: Dense
    private let count: Int

    /// A head after so many earlier groups.
    init(
        after groups: Int,
        codes: Int,
        width: Int,
        start: Initializer,
        using source: RandomSource
    ) {
        count = codes
        func layer(_ inputs: Int, _ outputs: Int, _ start: Initializer) -> Dense {
            Dense(inputs: inputs, outputs: outputs, bias: false, initializer: start, using: source)
        }
        earlier = Embedding(count: groups * codes, width: width, initializer: start, using: source)
        gate = layer(width, width, start)
        up = layer(width, width, start)
        down = layer(width, width, start)
        norm = RMSNorm(width, epsilon: 1e-5)
        head = layer(width, codes, .zeros)
        head.isOuter = true
    }

    /// Logits of a place's next code.
    ///
    /// Shape: …×width what is known of the place, and …×earlier codes → …×codes.
    func callAsFunction(_ known: Tensor, after codes: Tensor) -> Tensor {
        let groups = codes.size(codes.rank - 1)
        let starts = (Tensor.range(to: groups) * Double(count)).converted(to: .int64)
        let vectors = earlier(codes + starts.moved(to: codes.device))
        let x = vectors.sum(over: [vectors.rank - 2]) + known
        return head(norm(x + down(gate(x).silu() * up(x)))).inFullPrecision { $0 }
    }
}
