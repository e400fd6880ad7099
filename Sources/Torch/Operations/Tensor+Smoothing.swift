extension Tensor {
    /// Pictures smoothed by a filter, every so many pixels taken; or spread out by it.
    ///
    /// Rows and columns alike; beyond the border are zeros. Spreading is the transposed map. The
    /// filter counts as a constant; derivatives by the pictures go to any order.
    ///
    /// Smoothing: out(i) = Σ taps(k) · in(stride · i + k − before). Spreading: out(i) is the sum of
    /// taps(k) · in(j) over all j and k with stride · j + k − before = i.
    ///
    /// Shape: N×C×H×W → N×C×size.
    ///
    /// - Precondition: on the processor.
    public func smoothed(
        by taps: [Double],
        before: Int,
        stride: Int,
        size: [Int],
        spreads: Bool
    ) -> Tensor {
        Operators.smoothing(
            .tensor(self),
            .reals(taps),
            .integer(before),
            .integer(stride),
            .integers(size),
            .boolean(spreads)
        )
    }

    private enum Operators {
        static let smoothing = Operator("atelier::smoothing")
    }
}
