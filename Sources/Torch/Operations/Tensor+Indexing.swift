import Checks

extension Tensor {
    /// One slice, its dimension gone; a view.
    public func selected(_ index: Int, along dimension: Int = 0) -> Tensor {
        Operators.select(.tensor(self), .integer(dimension), .integer(index))
    }

    /// The slice at that place of the first dimension; a view.
    public subscript(index: Int) -> Tensor { selected(index) }

    /// The slices in that range of the first dimension; a view.
    public subscript(range: Range<Int>) -> Tensor { sliced(range, along: 0) }

    /// The slices in that range of a dimension, in steps; a view.
    public func sliced(_ range: Range<Int>, by step: Int = 1, along dimension: Int) -> Tensor {
        let size = size(dimension)
        precondition(
            range.lowerBound >= 0 && range.upperBound <= size,
            "slice \(range) of dimension \(dimension) of \(summary)"
        )
        return Operators.slice(
            .tensor(self),
            .integer(dimension),
            .integer(range.lowerBound),
            .integer(range.upperBound),
            .integer(step)
        )
    }

    /// The slices at those places of a dimension.
    public func selected(at places: Tensor, along dimension: Int = 0) -> Tensor {
        Operators.indexSelect(.tensor(self), .integer(dimension), .tensor(places))
    }

    /// For each place, the element found there along a dimension.
    public func gathered(_ places: Tensor, along dimension: Int) -> Tensor {
        Operators.gather(.tensor(self), .integer(dimension), .tensor(places))
    }

    /// Elements of the source added at those places along a dimension.
    public func scatterAdded(_ source: Tensor, at places: Tensor, along dimension: Int) -> Tensor {
        Operators.scatterAdd(.tensor(self), .integer(dimension), .tensor(places), .tensor(source))
    }

    /// Elements of the source put at those places along a dimension.
    public func scattered(_ source: Tensor, at places: Tensor, along dimension: Int) -> Tensor {
        Operators.scatter(.tensor(self), .integer(dimension), .tensor(places), .tensor(source))
    }

    /// Elements where the mask is true, in one dimension.
    public func masked(_ mask: Tensor) -> Tensor {
        Operators.maskedSelect(.tensor(self), .tensor(mask))
    }

    /// Elements on and below a diagonal of the last two dimensions, zeros above.
    public func lowerTriangle(diagonal: Int = 0) -> Tensor {
        Operators.lowerTriangle(.tensor(self), .integer(diagonal))
    }

    /// Elements on and above a diagonal of the last two dimensions, zeros below.
    public func upperTriangle(diagonal: Int = 0) -> Tensor {
        Operators.upperTriangle(.tensor(self), .integer(diagonal))
    }

    /// A one at each class number, zeros elsewhere.
    ///
    /// Shape: … → …×classes.
    public func oneHot(classes: Int, dtype: DType = .float32) -> Tensor {
        Operators.oneHot(.tensor(self), .integer(classes)).converted(to: dtype)
    }

    /// Rows of a table, one per number of this tensor.
    ///
    /// Shape: … and rows×width → …×width.
    public func embedded(in table: Tensor) -> Tensor {
        Operators.embedding(.tensor(table), .tensor(self))
    }

    private enum Operators {
        static let select = Operator("select", "int")
        static let slice = Operator("slice", "Tensor")
        static let indexSelect = Operator("index_select")
        static let gather = Operator("gather")
        static let scatterAdd = Operator("scatter_add")
        static let scatter = Operator("scatter", "src")
        static let maskedSelect = Operator("masked_select")
        static let lowerTriangle = Operator("tril")
        static let upperTriangle = Operator("triu")
        static let oneHot = Operator("one_hot")
        static let embedding = Operator("embedding")
    }
}
