import CTorch

/// The type of a tensor's elements.
public enum DType: String, Sendable, Codable, CaseIterable {
    /// IEEE single precision, 4 bytes.
    case float32
    /// IEEE double precision, 8 bytes.
    case float64
    /// The upper half of a single: its range with 8 bits of precision, 2 bytes.
    case bfloat16
    /// IEEE half precision, 2 bytes.
    case float16
    /// Signed whole numbers, 8 bytes.
    case int64
    /// Unsigned whole numbers, 1 byte.
    case uint8
    /// Truth values, 1 byte.
    case bool

    /// Bytes that one element takes.
    public var byteCount: Int {
        switch self {
        case .float64, .int64: 8
        case .float32: 4
        case .bfloat16, .float16: 2
        case .uint8, .bool: 1
        }
    }

    /// Whether the type has a fraction, and so can carry gradients.
    public var isFloatingPoint: Bool {
        switch self {
        case .float32, .float64, .bfloat16, .float16: true
        case .int64, .uint8, .bool: false
        }
    }

    package var code: Int32 {
        switch self {
        case .float32: Int32(CTORCH_FLOAT32.rawValue)
        case .float64: Int32(CTORCH_FLOAT64.rawValue)
        case .bfloat16: Int32(CTORCH_BFLOAT16.rawValue)
        case .float16: Int32(CTORCH_FLOAT16.rawValue)
        case .int64: Int32(CTORCH_INT64.rawValue)
        case .uint8: Int32(CTORCH_UINT8.rawValue)
        case .bool: Int32(CTORCH_BOOL.rawValue)
        }
    }

    package init(code: Int32) {
        guard let match = DType.allCases.first(where: { $0.code == code }) else {
            fatalError("libtorch returned a tensor of element type \(code), which is not offered")
        }
        self = match
    }
}
