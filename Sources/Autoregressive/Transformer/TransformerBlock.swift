import Neural
import Torch

/// Attention to what came before, then a gated dense layer; both added to what came in.
///
/// Source: Touvron et al., "LLaMA", 2023: root mean square norms before each part, SwiGLU.
final class TransformerBlock: Module {
    private let attentionNorm: RMSNorm
    private let projection: Dense
    private let output: Dense
    private let denseNorm: RMSNorm
    private let gate: Dense
    private let inner: Dense
    private let outer: Dense
    private let dropout: Dropout
    private let heads: Int

    /// A block with so many numbers inside its gated layer, and weights that start so.
    init(
        _ settings: TokenTransformer.Settings,
        hidden: Int,
        start: Initializer,
        using streams: (RandomSource, RandomSource)
    ) {
        heads = settings.heads
        let width = settings.width
        func layer(_ inputs: Int, _ outputs: Int) -> Dense {
            Dense(
                inputs: inputs,
                outputs: outputs,
                bias: false,
                initializer: start,
                using: streams.0
            )
        }
        attentionNorm = RMSNorm(width, epsilon: 1e-5)
        projection = layer(width, 3 * width)
        output = layer(width, width)
        denseNorm = RMSNorm(width, epsilon: 1e-5)
        gate = layer(width, hidden)
        inner = layer(width, hidden)
        outer = layer(hidden, width)
        dropout = Dropout(settings.dropout, using: streams.1)
    }

    /// Adds updates of few numbers to all products, zero at first.
    func addUpdates(rank: Int, strength: Double, using source: RandomSource) {
        for layer in [projection, output, gate, inner, outer] {
            layer.addUpdate(rank: rank, strength: strength, using: source)
        }
    }

    /// The weights in the order in which a step of one place takes them, products in that type.
    func weights(as dtype: DType) -> [Tensor] {
        func short(_ layer: Dense) -> Tensor {
            layer.whole.detached().converted(to: dtype).contiguous()
        }
        func scale(_ norm: RMSNorm) -> Tensor { norm.weight.detached().converted(to: .float32) }
        return [
            scale(attentionNorm), short(projection), short(output), scale(denseNorm), short(gate),
            short(inner), short(outer),
        ]
    }

    /// How much each place looks at each other, the mean over the heads.
    ///
    /// - Parameters:
    ///   - input: N×places×width.
    ///   - rotary: Turns of queries and keys.
    ///   - mask: Which place may look at which.
    /// - Returns: N×places×places, each row summing to 1.
    func looks(_ input: Tensor, _ rotary: RotaryPositions, mask: Tensor) -> Tensor {
        let (count, length, width) = input.shape3
        let size = width / heads
        let parts = projection(attentionNorm(input)).reshaped([count, length, 3 * heads, size])
            .split([heads, heads, heads], along: 2)
        let query = rotary(parts[0], at: 0..<length).transposed(1, 2)
        let key = rotary(parts[1], at: 0..<length).permuted([0, 2, 3, 1])
        let scores = query.multiplied(by: key) / Double(size).squareRoot()
        return scores.filled(with: -.infinity, where: mask.logicalNot()).softmax(along: 3)
            .mean(over: [1])
    }

    /// The places' vectors after the block.
    ///
    /// - Parameters:
    ///   - input: N×places×width.
    ///   - rotary: Turns of queries and keys.
    ///   - places: Which places these are.
    ///   - mask: 1 where a place may look at another; nothing for all.
    ///   - cache: Keys and values of the places before.
    /// - Returns: N×places×width.
    func callAsFunction(
        _ input: Tensor,
        _ rotary: RotaryPositions,
        at places: Range<Int>,
        mask: Tensor?,
        cache: KeyValueCache?
    ) -> Tensor {
        let (count, length, width) = input.shape3
        let parts = projection(attentionNorm(input))
            .reshaped([count, length, 3 * heads, width / heads])
            .split([heads, heads, heads], along: 2)
        let query = rotary(parts[0], at: places).transposed(1, 2)
        var key = rotary(parts[1], at: places).transposed(1, 2)
        var value = parts[2].transposed(1, 2)
        if let cache { (key, value) = cache.append(key, value) }
        let seen =
            isTraining && cache == nil
            ? TransformerBlock.attended(query, key, value, mask)
            : Tensor.attention(query: query, key: key, value: value, mask: mask)
        let x =
            input + dropout(output(seen.transposed(1, 2).reshaped([count, length, width])))
        let even = denseNorm(x)
        return x + dropout(outer(gate(even).silu() * inner(even)))
    }

    /// What places see of each other, by plain products: their derivatives are several times as fast as those of the
    /// library's attention, whose heads are meant to be larger and its rows longer.
    ///
    /// Shape: N×heads×places×head each → the same.
    private static func attended(
        _ query: Tensor,
        _ key: Tensor,
        _ value: Tensor,
        _ mask: Tensor?
    ) -> Tensor {
        let scale = 1 / Double(query.size(3)).squareRoot()
        var scores = (query * scale).multiplied(by: key.transposed(2, 3))
        if let mask { scores = scores.filled(with: -.infinity, where: mask.logicalNot()) }
        return scores.softmax(along: 3).multiplied(by: value)
    }
}
