extension Tensor {
    /// Channels brought to mean 0 and variance 1 over the batch, then scaled and shifted.
    ///
    /// In training the statistics are the batch's and the running ones are moved towards them by
    /// `momentum`, in place; otherwise the running ones are used.
    ///
    /// Shape: N×C×… with C, C, C, C → N×C×….
    public func batchNormalized(
        scale: Tensor?,
        shift: Tensor?,
        runningMean: Tensor?,
        runningVariance: Tensor?,
        isTraining: Bool,
        momentum: Double,
        epsilon: Double
    ) -> Tensor {
        Operators.batch(
            .tensor(self),
            .optional(scale),
            .optional(shift),
            .optional(runningMean),
            .optional(runningVariance),
            .boolean(isTraining),
            .real(momentum),
            .real(epsilon),
            .boolean(true)
        )
    }

    /// Batch normalisation by the batch's own statistics, then leaky ReLU, in one pass.
    ///
    /// Statistics are in single precision whatever the type. On a processor, with a number of
    /// channels that 16 divides.
    ///
    /// Shape: N×C or N×C×H×W with C, C → the same, and the mean and biased variance of each channel.
    ///
    /// - Precondition: `slope ≥ 0`.
    public func batchNormalizedLeaky(
        scale: Tensor?,
        shift: Tensor?,
        epsilon: Double,
        slope: Double
    ) -> (output: Tensor, mean: Tensor, variance: Tensor) {
        let found = Operators.leakyBatch.several(
            .tensor(self),
            .optional(scale),
            .optional(shift),
            .real(epsilon),
            .real(slope)
        )
        return (found[0], found[1], found[2])
    }

    /// The last dimensions brought to mean 0 and variance 1, then scaled and shifted.
    ///
    /// Shape: …×shape → …×shape.
    public func layerNormalized(
        _ shape: [Int],
        scale: Tensor?,
        shift: Tensor?,
        epsilon: Double
    ) -> Tensor {
        Operators.layer(
            .tensor(self),
            .integers(shape),
            .optional(scale),
            .optional(shift),
            .real(epsilon)
        )
    }

    /// Groups of channels brought to mean 0 and variance 1, picture by picture.
    ///
    /// Shape: N×C×… → N×C×….
    public func groupNormalized(
        groups: Int,
        scale: Tensor?,
        shift: Tensor?,
        epsilon: Double
    ) -> Tensor {
        Operators.group(
            .tensor(self),
            .integer(groups),
            .optional(scale),
            .optional(shift),
            .real(epsilon)
        )
    }

    /// Vectors along a dimension brought to length 1.
    public func normalized(along dimension: Int, epsilon: Double = 1e-12) -> Tensor {
        self / norm(over: [dimension], keepingDimensions: true).clamped(from: epsilon)
    }

    private enum Operators {
        static let batch = Operator("batch_norm")
        static let leakyBatch = Operator("atelier::batch_norm_leaky")
        static let layer = Operator("layer_norm")
        static let group = Operator("group_norm")
    }
}
