import Torch

/// Rows divided by their root mean square, each of their numbers then times one of its own.
struct PlaceNorm {
    let scale: Tensor
    let epsilon: Double
    /// Whether their mean is taken away first.
    var isCentred = false

    /// Shape: …×width → the same.
    func callAsFunction(_ x: Tensor) -> Tensor {
        guard !isCentred else {
            return x.layerNormalized(
                [scale.size(0)],
                scale: scale,
                shift: nil,
                epsilon: epsilon
            )
        }
        let mean = x.squared().mean(over: [x.rank - 1], keepingDimensions: true)
        return x * (mean + epsilon).reciprocalSquareRoot() * scale
    }
}

/// What a condition makes of maps or places: each number times one more than a factor, plus another.
struct ConditionedChange {
    private let factor: Tensor
    private let shift: Tensor

    /// Both, of a layer's outputs.
    ///
    /// Shape: N×2·width.
    init(_ outputs: Tensor) {
        let width = outputs.size(1) / 2
        let parts = outputs.unsqueezed(1).split([width, width], along: 2)
        (factor, shift) = (parts[0] + 1, parts[1])
    }

    /// Shape: N×places×width → the same.
    func callAsFunction(_ x: Tensor) -> Tensor { x * factor + shift }
}

/// Attention with several heads and without biases.
struct PlainAttention {
    let query: HeavyWeight
    let key: HeavyWeight
    let value: HeavyWeight
    let output: HeavyWeight
    let heads: Int

    /// Keys and values of what is looked at.
    struct Known {
        let keys: Tensor
        let values: Tensor
    }

    private func parted(_ x: Tensor) -> Tensor {
        let (count, length, width) = x.shape3
        return x.reshaped([count, length, heads, width / heads]).transposed(1, 2)
    }

    /// Keys and values.
    ///
    /// Shape: N×places×width.
    func known(_ context: Tensor) -> Known {
        Known(keys: parted(key(context)), values: parted(value(context)))
    }

    /// What each place sees.
    ///
    /// Shape: N×places×width → the same.
    func callAsFunction(_ x: Tensor, of known: Known) -> Tensor {
        let seen = Tensor.attention(query: parted(query(x)), key: known.keys, value: known.values)
        return output(seen.transposed(1, 2).reshaped(x.shape))
    }
}

/// A residual block of maps, whose outputs a condition changes, and two looks at the text.
///
/// Source: Woo et al., "ConvNeXt V2", 2023, for the maps.
struct AmusedBlock {
    let depthwise: Tensor
    let norm: PlaceNorm
    let inner: HeavyWeight
    let gain: Tensor
    let shift: Tensor
    let outer: HeavyWeight
    let change: HeavyWeight
    /// What makes the text as wide as the maps; nothing where it is.
    let mapper: HeavyWeight?
    let looks: [(norm: PlaceNorm, attention: PlainAttention)]

    /// What a text makes of the block.
    struct Prepared {
        let change: ConditionedChange
        let known: [PlainAttention.Known]
    }

    /// What is the same at all steps.
    func prepared(_ text: Tensor, _ condition: Tensor) -> Prepared {
        let context = mapper.map { $0(text.silu()) } ?? text
        return Prepared(
            change: ConditionedChange(change(condition.silu())),
            known: looks.map { $0.attention.known(context) }
        )
    }

    /// Maps, channels last, after the block.
    ///
    /// Shape: N×H×W×channels → the same.
    func callAsFunction(_ maps: Tensor, _ prepared: Prepared) -> Tensor {
        var x = residual(maps, prepared).flattened(from: 1, to: 2)
        for (look, known) in zip(looks, prepared.known) {
            x = x + look.attention(look.norm(x), of: known)
        }
        return x.reshaped(maps.shape)
    }

    /// The residual part.
    func residual(_ maps: Tensor, _ prepared: Prepared) -> Tensor {
        let near = maps.permuted([0, 3, 1, 2]).convolved(
            with: depthwise,
            stride: [1, 1],
            padding: [1, 1],
            groups: depthwise.size(0)
        ).permuted([0, 2, 3, 1])
        let wide = inner(norm(near)).gelu()
        let strength = wide.squared().sum(over: [1, 2], keepingDimensions: true).squareRoot()
        let mean = strength.mean(over: [3], keepingDimensions: true) + 1e-6
        let answered = wide * (strength / mean) * gain + shift + wide
        let sum = outer(answered) + maps
        return prepared.change(sum.flattened(from: 1, to: 2)).reshaped(maps.shape)
    }
}

/// A layer of places that look at each other, then at the text, then each at itself; a condition changes what each of
/// these is given.
///
/// The last norm takes the mean away, the others do not.
struct AmusedLayer {
    let norms: [(norm: PlaceNorm, change: HeavyWeight)]
    let among: PlainAttention
    let text: PlainAttention
    let gate: HeavyWeight
    let outer: HeavyWeight

    /// What a text makes of the layer.
    struct Prepared {
        let changes: [ConditionedChange]
        let known: PlainAttention.Known
    }

    /// What is the same at all steps.
    func prepared(_ context: Tensor, _ condition: Tensor) -> Prepared {
        Prepared(
            changes: norms.map { ConditionedChange($0.change(condition.silu())) },
            known: text.known(context)
        )
    }

    /// Shape: N×places×width → the same.
    func callAsFunction(_ places: Tensor, _ prepared: Prepared) -> Tensor {
        func even(_ x: Tensor, _ number: Int) -> Tensor {
            prepared.changes[number](norms[number].norm(x))
        }
        var x = places
        let first = even(x, 0)
        x = x + among(first, of: among.known(first))
        x = x + text(even(x, 1), of: prepared.known)
        let both = gate(even(x, 2))
        let half = both.size(2) / 2
        let parts = both.split([half, half], along: 2)
        return x + outer(parts[0] * parts[1].gelu())
    }
}
