import Checks

/// A convolution whose kernels were transformed once, to be used many times.
///
/// It has no derivative. Sums are those of `fourierConvolved` or `fourierTransposeConvolved`.
public struct KeptFourierConvolution {
    private let kernels: Tensor
    private let geometry: FourierGeometry
    private let channels: Int
    private let bias: Tensor?
    private let slope: Double
    private let isTransposed: Bool
    private let dtype: DType

    /// Transforms the kernels.
    ///
    /// - Parameters:
    ///   - kernel: Kernels, O×C×h×w of a convolution from C to O channels.
    ///   - bias: What is added to each channel of the result.
    ///   - slope: What numbers below zero are multiplied with in the end; 1 changes none.
    ///   - geometry: The convolution's shape.
    ///   - isTransposed: Whether it goes from output to input.
    ///   - dtype: float32, or bfloat16 for spectra and pictures in that type.
    /// - Precondition: the geometry's `pays` said that the machine has it.
    public init(
        kernel: Tensor,
        bias: Tensor?,
        slope: Double = 1,
        _ geometry: FourierGeometry,
        isTransposed: Bool,
        dtype: DType
    ) {
        precondition(
            dtype == .float32 || dtype == .bfloat16,
            "expected float32 or bfloat16, found \(dtype)"
        )
        self.geometry = geometry
        self.bias = bias?.converted(to: .float32).contiguous()
        self.slope = slope
        self.isTransposed = isTransposed
        self.dtype = dtype
        channels = kernel.size(isTransposed ? 1 : 0)
        kernels = Operators.kernels(
            .tensor(kernel),
            .integers(geometry.input),
            .integers(geometry.output),
            .integers(geometry.stride),
            .integers(geometry.before),
            .boolean(isTransposed),
            .boolean(dtype == .bfloat16)
        )
    }

    /// The pictures convolved, in the kernels' type.
    public func callAsFunction(_ pictures: Tensor) -> Tensor {
        Operators.convolution(
            .tensor(pictures.converted(to: dtype)),
            .tensor(kernels),
            .optional(bias),
            .integer(channels),
            .integers(geometry.input),
            .integers(geometry.output),
            .integers(geometry.kernel),
            .integers(geometry.stride),
            .integers(geometry.before),
            .boolean(isTransposed),
            .real(slope)
        )
    }

    private enum Operators {
        static let kernels = Operator("atelier::fourier_kernels")
        static let convolution = Operator("atelier::kept_fourier_convolution")
    }
}
