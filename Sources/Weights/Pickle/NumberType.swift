import Torch

/// How numbers are kept in a storage of PyTorch.
public enum NumberType: String, Sendable, CaseIterable {
    case float64 = "Double"
    case float32 = "Float"
    case float16 = "Half"
    case bfloat16 = "BFloat16"
    case int64 = "Long"
    case int32 = "Int"
    case int16 = "Short"
    case int8 = "Char"
    case uint8 = "Byte"
    case bool = "Bool"

    /// The type of a storage's class, such as `torch.FloatStorage`.
    init?(storage name: PickleName) {
        guard name.module == "torch" || name.module == "torch.cuda", name.name.hasSuffix("Storage")
        else { return nil }
        self.init(rawValue: String(name.name.dropLast("Storage".count)))
    }

    /// The type that a name of PyTorch stands for, such as `torch.float32`.
    init?(type name: PickleName) {
        guard name.module == "torch" else { return nil }
        switch name.name {
        case "float64", "double": self = .float64
        case "float32", "float": self = .float32
        case "float16", "half": self = .float16
        case "bfloat16": self = .bfloat16
        case "int64", "long": self = .int64
        case "int32", "int": self = .int32
        case "int16", "short": self = .int16
        case "int8": self = .int8
        case "uint8": self = .uint8
        case "bool": self = .bool
        default: return nil
        }
    }

    /// Bytes of a number.
    public var byteCount: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16, .int16: 2
        case .int8, .uint8, .bool: 1
        }
    }

    /// The tensor of those bytes; narrow whole numbers are widened.
    func tensor(_ bytes: UnsafeMutableRawBufferPointer, shape: [Int]) -> Tensor {
        func widened<Number: FixedWidthInteger>(_ type: Number.Type) -> Tensor {
            Tensor(bytes.bindMemory(to: type).map { Int($0) }, shape: shape)
        }
        switch self {
        case .int32: return widened(Int32.self)
        case .int16: return widened(Int16.self)
        case .int8: return widened(Int8.self)
        case .bool:
            for place in bytes.indices where bytes[place] > 1 { bytes[place] = 1 }
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .bool)
        case .float64:
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .float64)
        case .float32:
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .float32)
        case .float16:
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .float16)
        case .bfloat16:
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .bfloat16)
        case .int64:
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .int64)
        case .uint8:
            return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: .uint8)
        }
    }
}
