extension Tensor {
    /// Weights packed for products with few rows: in bfloat16, in 8 bits with a scale for each output, or in 4 bits with
    /// a scale and a smallest weight for each 64 inputs of an output.
    ///
    /// Shape: outputs×inputs → tiles of sixteen outputs.
    ///
    /// - Parameter bits: 16, 8 or 4.
    /// - Returns: bfloat16, or bytes.
    /// - Precondition: on the processor, outputs in multiples of 16; for 8 and 4 bits finite numbers up to 10³⁷.
    public func packed(bits: Int) -> Tensor { Packing.pack(.tensor(self), .integer(bits)) }

    /// The weights that were packed, in float32.
    ///
    /// Shape: tiles of sixteen outputs → outputs×inputs.
    ///
    /// - Parameter inputs: How many there were.
    /// - Returns: What products with the packed weights multiply by.
    public func unpacked(inputs: Int) -> Tensor {
        Packing.unpack(.tensor(self), .integer(inputs))
    }

    /// Rows times the transposed weights, in float32.
    ///
    /// Rows are rounded: to bfloat16 for such weights, for 8 bits to 1/65,024 of the largest of 64 numbers, for 4 bits
    /// to 1/254. Each row of the result is the same beside any others.
    ///
    /// Shape: N×inputs → N×outputs.
    ///
    /// - Parameters:
    ///   - weights: Packed, for as many inputs.
    ///   - plainly: Without instructions that not every processor has, for comparison.
    /// - Returns: The products.
    public func product(packed weights: Tensor, plainly: Bool = false) -> Tensor {
        Packing.product(.tensor(self), .tensor(weights), .boolean(plainly))
    }

    /// The shape of weights when they are packed.
    ///
    /// - Parameters:
    ///   - shape: Outputs and inputs.
    ///   - bits: 16, 8 or 4.
    /// - Returns: Shape and type; nothing for weights that cannot be packed.
    public static func packedOutline(_ shape: [Int], bits: Int) -> TensorOutline? {
        guard shape.count == 2, shape[0] > 0, shape[1] > 0, shape[0].isMultiple(of: 16) else {
            return nil
        }
        let (tiles, groups) = (shape[0] / 16, (shape[1] + 63) / 64)
        return switch bits {
        case 16: TensorOutline(shape: [tiles, 32 * groups, 32], dtype: .bfloat16)
        case 8: TensorOutline(shape: [tiles, 1024 * groups + 64], dtype: .uint8)
        case 4: TensorOutline(shape: [tiles, groups, 576], dtype: .uint8)
        default: nil
        }
    }

    private enum Packing {
        static let pack = Operator("atelier::packed")
        static let unpack = Operator("atelier::unpacked")
        static let product = Operator("atelier::packed_product")
    }
}
