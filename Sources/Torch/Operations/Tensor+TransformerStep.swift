extension Tensor {
    /// Logits of the next place of a transformer, all its layers in one call; keys and values of the
    /// place are written among those kept.
    ///
    /// Shape: N×width → N×codes.
    ///
    /// - Parameters:
    ///   - weights: Of each layer the scale of its first norm, queries keys and values, output, the
    ///     scale of its second norm, gate, inner and outer; then the last scale and the head; or a head of two
    ///     layers with GELU between, weight and bias of each. Scales and biases are float32, all others of the type
    ///     of the keys.
    ///   - keys: Of each layer, N×heads×places×head.
    ///   - values: Likewise.
    ///   - cosines: Of the place's turns, a number for each pair of a head.
    ///   - sines: Likewise.
    ///   - place: Places that are kept already.
    ///   - epsilon: What norms add to the mean square.
    /// - Returns: The logits, in float32.
    /// - Precondition: on the processor, in float32 or bfloat16; rows of weights and heads have
    ///   numbers in multiples of 16.
    public func transformerStep(
        weights: [Tensor],
        keys: [Tensor],
        values: [Tensor],
        cosines: Tensor,
        sines: Tensor,
        place: Int,
        epsilon: Double
    ) -> Tensor {
        Operators.step(
            .tensor(self),
            .tensors(weights),
            .tensors(keys),
            .tensors(values),
            .tensor(cosines),
            .tensor(sines),
            .integer(place),
            .real(epsilon)
        )
    }

    private enum Operators {
        static let step = Operator("atelier::transformer_step")
    }
}
