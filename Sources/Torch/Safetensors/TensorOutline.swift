/// A tensor's shape and type without its elements.
public struct TensorOutline: Sendable, Hashable, CustomStringConvertible {
    /// Sizes of all dimensions.
    public let shape: [Int]
    /// Type of the elements.
    public let dtype: DType

    /// A shape and a type.
    public init(shape: [Int], dtype: DType) {
        self.shape = shape
        self.dtype = dtype
    }

    /// Those of a tensor.
    public init(_ tensor: Tensor) { self.init(shape: tensor.shape, dtype: tensor.dtype) }

    /// Type and shape in one line.
    public var description: String {
        "\(dtype.rawValue)[\(shape.map(String.init).joined(separator: "×"))]"
    }
}
