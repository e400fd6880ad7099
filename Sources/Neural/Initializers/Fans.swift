/// How many numbers meet in one output of a layer, and how many outputs one number reaches.
public struct Fans: Sendable, Hashable {
    /// Numbers that meet in one output.
    public let inputs: Int
    /// Outputs that one number reaches.
    public let outputs: Int

    /// Both named.
    public init(inputs: Int, outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The fans as Keras and PyTorch read them off a kernel's shape.
    ///
    /// A transposed convolution stores its kernel with the channels exchanged and both libraries
    /// read it as it lies, so its fans are exchanged too; `isTransposed` does the same.
    static func convolution(
        inputs: Int,
        outputs: Int,
        kernel: Extent,
        groups: Int,
        isTransposed: Bool = false
    ) -> Fans {
        isTransposed
            ? Fans(inputs: outputs / groups * kernel.area, outputs: inputs * kernel.area)
            : Fans(inputs: inputs / groups * kernel.area, outputs: outputs * kernel.area)
    }
}
