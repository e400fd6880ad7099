extension StoredType {
    /// The tensor whose elements are these bytes, narrow whole numbers widened, truths made 0 or 1.
    func tensor(_ bytes: UnsafeMutableRawBufferPointer, shape: [Int]) -> Tensor {
        switch self {
        case .i32: return widened(bytes, Int32.self, shape)
        case .i16: return widened(bytes, Int16.self, shape)
        case .i8: return widened(bytes, Int8.self, shape)
        case .bool:
            for place in bytes.indices where bytes[place] > 1 { bytes[place] = 1 }
        default: break
        }
        return Tensor(bytes: UnsafeRawBufferPointer(bytes), shape: shape, dtype: dtype)
    }

    /// Whether any element is infinite or not a number: all bits of its exponent are set.
    func hasNonFinite(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .f64: anyHas(0x7FF0_0000_0000_0000 as UInt64, bytes)
        case .f32: anyHas(0x7F80_0000 as UInt32, bytes)
        case .f16: anyHas(0x7C00 as UInt16, bytes)
        case .bf16: anyHas(0x7F80 as UInt16, bytes)
        default: false
        }
    }

    private func anyHas<Word: FixedWidthInteger & UnsignedInteger>(
        _ exponent: Word,
        _ bytes: UnsafeRawBufferPointer
    ) -> Bool {
        bytes.withMemoryRebound(to: Word.self) { words in
            // No early exit, so that the loop runs over vectors.
            var found: Word = 0
            for word in words { found |= (word & exponent) == exponent ? 1 : 0 }
            return found != 0
        }
    }

    private func widened<Number: FixedWidthInteger>(
        _ bytes: UnsafeMutableRawBufferPointer,
        _ type: Number.Type,
        _ shape: [Int]
    ) -> Tensor {
        Tensor(bytes.bindMemory(to: type).map { Int($0) }, shape: shape)
    }
}
