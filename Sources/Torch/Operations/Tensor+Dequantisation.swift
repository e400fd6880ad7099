extension Tensor {
    /// Bytes as numbers in float32, byte · scale + shift, in one pass; the layout stays.
    ///
    /// Shape: any → the same.
    ///
    /// - Precondition: the type is uint8.
    public func dequantised(scale: Double, shift: Double) -> Tensor {
        Operators.dequantised(.tensor(self), .real(scale), .real(shift))
    }

    private enum Operators {
        static let dequantised = Operator("atelier::dequantised")
    }
}
