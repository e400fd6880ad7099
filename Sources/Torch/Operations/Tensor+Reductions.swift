extension Tensor {
    /// Sums over the dimensions, or over all.
    public func sum(over dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
        Operators.sum(
            .tensor(self),
            list(dimensions),
            .boolean(keepingDimensions)
        )
    }

    /// Means over the dimensions, or over all.
    public func mean(over dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
        Operators.mean(
            .tensor(self),
            list(dimensions),
            .boolean(keepingDimensions)
        )
    }

    /// Mean squared distances from the mean.
    ///
    /// The correction is what the number of elements is lessened by: 1 for samples.
    public func variance(
        over dimensions: [Int]? = nil,
        correction: Double = 0,
        keepingDimensions: Bool = false
    ) -> Tensor {
        Operators.variance(
            .tensor(self),
            list(dimensions),
            .real(correction),
            .boolean(keepingDimensions)
        )
    }

    /// Square roots of the variance.
    public func standardDeviation(
        over dimensions: [Int]? = nil,
        correction: Double = 0,
        keepingDimensions: Bool = false
    ) -> Tensor {
        Operators.deviation(
            .tensor(self),
            list(dimensions),
            .real(correction),
            .boolean(keepingDimensions)
        )
    }

    /// Largest elements over the dimensions, or over all.
    public func max(over dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
        Operators.max(
            .tensor(self),
            .integers(dimensions ?? []),
            .boolean(keepingDimensions)
        )
    }

    /// Smallest elements over the dimensions, or over all.
    public func min(over dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
        Operators.min(
            .tensor(self),
            .integers(dimensions ?? []),
            .boolean(keepingDimensions)
        )
    }

    /// Places of the largest elements along a dimension.
    public func argmax(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
        Operators.argmax(.tensor(self), .integer(dimension), .boolean(keepingDimensions))
    }

    /// Places of the smallest elements along a dimension.
    public func argmin(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
        Operators.argmin(.tensor(self), .integer(dimension), .boolean(keepingDimensions))
    }

    /// Products along a dimension.
    public func product(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
        Operators.product(.tensor(self), .integer(dimension), .boolean(keepingDimensions))
    }

    /// log of the sum of e^x, safe for any size of x.
    public func logSumExp(over dimensions: [Int], keepingDimensions: Bool = false) -> Tensor {
        Operators.logSumExp(.tensor(self), .integers(dimensions), .boolean(keepingDimensions))
    }

    /// Lengths of vectors: (Σ|x|^p)^(1/p).
    public func norm(
        _ power: Double = 2,
        over dimensions: [Int]? = nil,
        keepingDimensions: Bool = false
    ) -> Tensor {
        Operators.norm(
            .tensor(self),
            .real(power),
            list(dimensions),
            .boolean(keepingDimensions)
        )
    }

    /// Running sums along a dimension.
    public func cumulativeSum(along dimension: Int) -> Tensor {
        Operators.cumulativeSum(.tensor(self), .integer(dimension))
    }

    /// The largest elements along a dimension, in falling order, and their places.
    public func largest(_ count: Int, along dimension: Int = -1) -> (values: Tensor, places: Tensor)
    {
        let results = Operators.largest.several(
            .tensor(self),
            .integer(count),
            .integer(dimension)
        )
        return (results[0], results[1])
    }

    /// All elements along a dimension in order, and their places.
    public func sorted(
        along dimension: Int = -1,
        descending: Bool = false
    ) -> (values: Tensor, places: Tensor) {
        let results = Operators.sort.several(
            .tensor(self),
            .boolean(true),
            .integer(dimension),
            .boolean(descending)
        )
        return (results[0], results[1])
    }

    /// Exponentials divided by their sum along a dimension.
    public func softmax(along dimension: Int) -> Tensor {
        Operators.softmax(.tensor(self), .integer(dimension))
    }

    /// Logarithms of `softmax`, safe for any size.
    public func logSoftmax(along dimension: Int) -> Tensor {
        Operators.logSoftmax(.tensor(self), .integer(dimension))
    }

    private func list(_ dimensions: [Int]?) -> OperatorArgument {
        dimensions.map(OperatorArgument.integers) ?? .none
    }

    private enum Operators {
        static let sum = Operator("sum", "dim_IntList")
        static let mean = Operator("mean", "dim")
        static let variance = Operator("var", "correction")
        static let deviation = Operator("std", "correction")
        static let max = Operator("amax")
        static let min = Operator("amin")
        static let argmax = Operator("argmax")
        static let argmin = Operator("argmin")
        static let product = Operator("prod", "dim_int")
        static let logSumExp = Operator("logsumexp")
        static let norm = Operator("linalg_vector_norm")
        static let cumulativeSum = Operator("cumsum")
        static let largest = Operator("topk")
        static let sort = Operator("sort", "stable")
        static let softmax = Operator("softmax", "int")
        static let logSoftmax = Operator("log_softmax", "int")
    }
}
