import Torch

extension Tensor {
    /// Whether both keep equal places at equal steps in memory, as kernels that walk by address need.
    func hasLayout(of other: Tensor) -> Bool {
        if isContiguous && other.isContiguous { return true }
        return zip(shape, zip(strides, other.strides)).allSatisfy { size, strides in
            size == 1 || strides.0 == strides.1
        }
    }

    /// The same elements laid out in memory as the other tensor's.
    ///
    /// - Precondition: shape, type and device are the other's.
    func laidOut(as other: Tensor) -> Tensor {
        if hasLayout(of: other) { return self }
        let copy = Operators.emptyLike(.tensor(other))
        Foreach.copy([self], into: [copy])
        return copy
    }

    /// The same storage with its dimensions in the order in which they lie there.
    ///
    /// libtorch's fused kernels copy what is not laid out row by row.
    var inMemoryOrder: Tensor {
        rank == 4 && isChannelsLast && !isContiguous ? permuted([0, 2, 3, 1]) : self
    }

    private enum Operators {
        static let emptyLike = Operator("empty_like")
    }
}
