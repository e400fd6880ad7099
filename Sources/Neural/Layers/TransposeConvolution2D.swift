import Checks
import Torch

/// Transposed convolution of pictures: each pixel paints a learned kernel.
///
/// Shape with `.same`: N×inputs×H×W → N×outputs×(H·stride)×(W·stride), as in Keras.
/// Shape with `.valid`: N×inputs×H×W → N×outputs×(H·stride + max(kernel − stride, 0))×…, as in Keras.
/// Shape with `.explicit`: N×inputs×H×W
/// → N×outputs×((H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1)×…, as in
/// PyTorch.
///
/// 'Same' cuts kernel − stride pixels off what is painted, half of them before, the odd one after
/// (kernel 5, stride 2: 1 and 2). PyTorch's padding 2 with output padding 1 has the same size but
/// cuts 2 and 1: a picture moved by one pixel. So the operator cuts the smaller amount on both
/// sides and the last row and column are sliced off.
public final class TransposeConvolution2D: Module, WrappingLayer {
    /// Kernels, inputs×(outputs/groups)×rows×columns.
    @Parameter public var weight: Tensor
    /// What is added to each output channel.
    public let bias: Parameter?

    private let stride: Extent
    private let cut: Borders
    private let outputPadding: Extent
    private let dilation: Extent
    private let groups: Int
    private let window: Extent
    private let isThin: Bool
    private let isPlain: Bool
    /// Whether what is painted beyond one of the left and right edges is painted at the other end.
    private var wraps = false

    /// A layer with kernels drawn from the source.
    ///
    /// - Parameters:
    ///   - inputs: Channels that come in.
    ///   - outputs: Channels that go out.
    ///   - kernel: The size of what one pixel paints.
    ///   - stride: Pixels from one painted kernel to the next.
    ///   - padding: How much is cut off the result.
    ///   - outputPadding: Pixels added after; only where the padding is explicit.
    ///   - dilation: Pixels from one element of the kernel to the next.
    ///   - groups: Groups of channels that do not see each other.
    ///   - bias: Whether a learned number is added to each output channel.
    ///   - initializer: How the kernels are drawn.
    ///   - biasInitializer: How the bias is drawn; when absent, zeros, and as PyTorch does
    ///     where the kernels' initializer is `.torchDefault`.
    ///   - source: Where the numbers come from.
    /// - Precondition: `groups` divides both channel counts.
    public init(
        inputs: Int,
        outputs: Int,
        kernel: Extent,
        stride: Extent = 1,
        padding: Padding = .valid,
        outputPadding: Extent = 0,
        dilation: Extent = 1,
        groups: Int = 1,
        bias: Bool = true,
        initializer: Initializer = .glorotUniform,
        biasInitializer: Initializer? = nil,
        using source: RandomSource
    ) {
        precondition(
            inputs % groups == 0 && outputs % groups == 0,
            "\(groups) groups divide neither or only one of \(inputs) and \(outputs) channels"
        )
        let fans = Fans.convolution(
            inputs: inputs,
            outputs: outputs,
            kernel: kernel,
            groups: groups,
            isTransposed: true
        )
        let shape = [inputs, outputs / groups] + kernel.sizes
        // Channels innermost, as the kernels of libtorch want them: no copy in each step.
        weight = initializer.draw(shape, fans: fans, using: source).channelsLast()
        isThin = groups == 1 && outputs <= 4
        isPlain = groups == 1 && dilation == 1
        let first = biasInitializer ?? initializer.forBias
        self.bias =
            bias
            ? Parameter(wrappedValue: first.draw([outputs], fans: fans, using: source)) : nil
        self.stride = stride
        self.dilation = dilation
        self.groups = groups
        window = kernel.dilated(by: dilation)
        // What is cut does not depend on the size: it is the border of a picture of one stride.
        cut = padding.borders(
            of: (stride.rows, stride.columns),
            window: window,
            stride: stride
        )
        if case .explicit = padding {
            self.outputPadding = outputPadding
        } else {
            precondition(
                outputPadding == 0,
                "output padding \(outputPadding.sizes) goes with explicit padding only"
            )
            // Kernels smaller than the stride leave gaps; the last one belongs to the picture.
            self.outputPadding = Extent(
                rows: max(stride.rows - window.rows, 0),
                columns: max(stride.columns - window.columns, 0)
            )
        }
    }

    /// Takes pictures as cylinders from now on, or as flat ones again.
    public func wrapColumns(_ wraps: Bool) { self.wraps = wraps }

    /// Columns whose kernels reach over an edge.
    private var rim: Int { (window.columns + stride.columns - 1) / stride.columns }

    /// The painted pictures.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        wraps ? input.asCylinders(rim: rim, cut: rim * stride.columns, painted) : painted(input)
    }

    private func painted(_ input: Tensor) -> Tensor {
        if let geometry = fourier(input) {
            return input.fourierTransposeConvolved(
                with: weight,
                bias: bias?.wrappedValue,
                geometry
            )
        }
        return cut.removingExcess(from: direct(input, weight, bias?.wrappedValue))
    }

    private func direct(_ input: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
        isThin && input.device == .cpu
            ? input.thinlyTransposeConvolved(
                with: weight,
                bias: bias,
                stride: stride.sizes,
                padding: cut.common,
                outputPadding: outputPadding.sizes,
                dilation: dilation.sizes
            )
            : input.transposeConvolved(
                with: weight,
                bias: bias,
                stride: stride.sizes,
                padding: cut.common,
                outputPadding: outputPadding.sizes,
                dilation: dilation.sizes,
                groups: groups
            )
    }

    /// The shape of the product of spectra, where that is faster than the direct sum.
    private func fourier(_ input: Tensor) -> FourierGeometry? {
        guard isPlain, input.device == .cpu, weight.dtype == .float32 else { return nil }
        let (count, inputs, rows, columns) = input.shape4
        let geometry = geometry(rows: rows, columns: columns)
        let outputs = weight.size(1)
        return geometry.pays(count: count, inputs: outputs, outputs: inputs) ? geometry : nil
    }

    private func geometry(rows: Int, columns: Int) -> FourierGeometry {
        FourierGeometry(
            input: [
                (rows - 1) * stride.rows + window.rows + outputPadding.rows
                    - cut.rows.before - cut.rows.after,
                (columns - 1) * stride.columns + window.columns + outputPadding.columns
                    - cut.columns.before - cut.columns.after,
            ],
            output: [rows, columns],
            kernel: window.sizes,
            stride: stride.sizes,
            before: cut.common
        )
    }

    /// The layer for use alone: each output channel scaled and shifted, then a leaky ReLU, with
    /// everything that depends on the weights done in advance.
    ///
    /// - Parameters:
    ///   - rows: Rows of the pictures that come in.
    ///   - columns: Columns of the pictures that come in.
    ///   - norm: A normalisation in use, which becomes part of the weights.
    ///   - slope: The slope below zero; 1 changes nothing.
    ///   - dtype: The type that is computed in.
    /// - Returns: The layer as a function.
    public func kept(
        rows: Int,
        columns: Int,
        norm: BatchNorm?,
        slope: Double,
        dtype: DType
    ) -> (Tensor) -> Tensor {
        let (kernel, shift) = folding(norm)
        let geometry = geometry(rows: rows, columns: columns + (wraps ? 2 * rim : 0))
        let cylinders = { [self] (input: Tensor, paint: (Tensor) -> Tensor) in
            wraps ? input.asCylinders(rim: rim, cut: rim * stride.columns, paint) : paint(input)
        }
        // As for very many pictures: the kernels' own transforms no longer count.
        let pays = geometry.pays(count: 1 << 16, inputs: kernel.size(1), outputs: kernel.size(0))
        let hasProducts = dtype == .float32 || Machine.hasBFloat16
        if isPlain, pays, hasProducts, kernel.device == .cpu, kernel.dtype == .float32 {
            let convolution = KeptFourierConvolution(
                kernel: kernel,
                bias: shift,
                slope: slope,
                geometry,
                isTransposed: true,
                dtype: dtype
            )
            return { input in cylinders(input) { convolution($0) } }
        }
        let narrow = (kernel: kernel.converted(to: dtype), shift: shift?.converted(to: dtype))
        return { [self] input in
            let whole = cylinders(input.converted(to: dtype)) {
                cut.removingExcess(from: direct($0, narrow.kernel, narrow.shift))
            }
            return slope == 1 ? whole : whole.leakyRelu(slope: slope)
        }
    }

    /// Kernels and bias with a normalisation's scale and shift in them.
    private func folding(_ norm: BatchNorm?) -> (kernel: Tensor, shift: Tensor?) {
        guard let norm else { return (weight, bias?.wrappedValue) }
        let (scale, shift) = norm.folded
        let kernel = weight * scale.reshaped([1, -1, 1, 1])
        return (kernel, bias.map { $0.wrappedValue * scale + shift } ?? shift)
    }
}
