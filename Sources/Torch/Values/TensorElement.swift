/// A Swift type that stands for the elements of a tensor.
public protocol TensorElement: Sendable {
    /// The tensor type with the same bytes.
    static var dtype: DType { get }
}

extension Float: TensorElement {
    /// Single precision.
    public static var dtype: DType { .float32 }
}

extension Double: TensorElement {
    /// Double precision.
    public static var dtype: DType { .float64 }
}

extension Int: TensorElement {
    /// Whole numbers.
    public static var dtype: DType { .int64 }
}

extension UInt8: TensorElement {
    /// Whole numbers from 0 to 255.
    public static var dtype: DType { .uint8 }
}

extension Bool: TensorElement {
    /// Truth values.
    public static var dtype: DType { .bool }
}
