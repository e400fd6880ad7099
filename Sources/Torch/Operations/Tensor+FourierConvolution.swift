import CTorch

/// The shape of a convolution that can be made by spectra: pairs are rows and columns.
public struct FourierGeometry: Sendable {
    /// The size of the pictures that are convolved.
    public let input: [Int]
    /// The size of what comes out.
    public let output: [Int]
    /// The size of the kernel.
    public let kernel: [Int]
    /// Pixels from window to window.
    public let stride: [Int]
    /// The border of zeros above and to the left; after the picture it is as wide as needed.
    public let before: [Int]

    /// A convolution of that shape.
    public init(input: [Int], output: [Int], kernel: [Int], stride: [Int], before: [Int]) {
        self.input = input
        self.output = output
        self.kernel = kernel
        self.stride = stride
        self.before = before
    }

    /// The time that spectra take over that of the direct sum, roughly.
    ///
    /// Infinite where the machine has no code for them or the shape does not fit.
    ///
    /// - Parameters:
    ///   - count: Pictures in the batch.
    ///   - inputs: Channels of the pictures that are convolved.
    ///   - outputs: Channels of what comes out.
    /// - Returns: A number below 1 where spectra are expected to be faster.
    public func effort(count: Int, inputs: Int, outputs: Int) -> Double {
        ctorch_fourier_effort(
            Int64(count),
            Int64(inputs),
            Int64(outputs),
            input.map(Int64.init),
            output.map(Int64.init),
            kernel.map(Int64.init),
            stride.map(Int64.init),
            before.map(Int64.init)
        )
    }

    /// Whether spectra are expected to be clearly faster than the direct sum.
    public func pays(count: Int, inputs: Int, outputs: Int) -> Bool {
        effort(count: count, inputs: inputs, outputs: outputs) < 0.85
    }
}

extension Tensor {
    /// Convolution as a product of spectra: the same sum with a fraction of the multiplications.
    ///
    /// In single precision as exact as the direct sum. Under autocast the spectra are bfloat16 and
    /// their sums single.
    ///
    /// Shape: N×C×H×W with O×C×h×w → N×O×output, where H×W is the geometry's input.
    ///
    /// - Precondition: `pays` said that the machine has it.
    public func fourierConvolved(
        with kernel: Tensor,
        bias: Tensor? = nil,
        _ geometry: FourierGeometry
    ) -> Tensor {
        Operators.convolution(
            .tensor(self),
            .tensor(kernel),
            .optional(bias),
            .integers(geometry.output),
            .integers(geometry.stride),
            .integers(geometry.before)
        )
    }

    /// Transposed convolution as a product of spectra: from a convolution's output to its input.
    ///
    /// Shape: N×O×output with O×C×h×w → N×C×input.
    ///
    /// - Precondition: `pays` said that the machine has it.
    public func fourierTransposeConvolved(
        with kernel: Tensor,
        bias: Tensor? = nil,
        _ geometry: FourierGeometry
    ) -> Tensor {
        Operators.transposeConvolution(
            .tensor(self),
            .tensor(kernel),
            .optional(bias),
            .integers(geometry.input),
            .integers(geometry.stride),
            .integers(geometry.before)
        )
    }

    private enum Operators {
        static let convolution = Operator("atelier::fourier_convolution")
        static let transposeConvolution = Operator("atelier::fourier_transpose_convolution")
    }
}
