/// An element type as a safetensors file names it.
///
/// Narrow whole numbers are read and widened; the format's other types (unsigned ones above a
/// byte, complex numbers, 8-bit and shorter floating point) have no tensors here and are refused.
enum StoredType: String, CaseIterable {
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case i64 = "I64"
    case i32 = "I32"
    case i16 = "I16"
    case i8 = "I8"
    case u8 = "U8"
    case bool = "BOOL"

    /// Bytes that one element takes in the file.
    var byteCount: Int {
        switch self {
        case .f64, .i64: 8
        case .f32, .i32: 4
        case .f16, .bf16, .i16: 2
        case .i8, .u8, .bool: 1
        }
    }

    /// The element type of the tensor that is read.
    var dtype: DType {
        switch self {
        case .f64: .float64
        case .f32: .float32
        case .f16: .float16
        case .bf16: .bfloat16
        case .i64, .i32, .i16, .i8: .int64
        case .u8: .uint8
        case .bool: .bool
        }
    }

    /// The type that a tensor is written with.
    init(_ dtype: DType) {
        switch dtype {
        case .float64: self = .f64
        case .float32: self = .f32
        case .float16: self = .f16
        case .bfloat16: self = .bf16
        case .int64: self = .i64
        case .uint8: self = .u8
        case .bool: self = .bool
        }
    }
}
