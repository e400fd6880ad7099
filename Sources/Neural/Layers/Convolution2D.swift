import Checks
import Torch

/// Convolution of pictures with learned kernels.
///
/// Shape: N×inputs×H×W → N×outputs×⌊(H + border − dilation·(kernel − 1) − 1) / stride + 1⌋×…;
/// with `.same` N×inputs×H×W → N×outputs×⌈H / stride⌉×⌈W / stride⌉.
///
/// TensorFlow's 'same' may need one more pixel after than before (kernel 5, stride 2, even sides:
/// 1 and 2). The operator pads both sides alike, and padding by the larger amount would move every
/// window by one pixel, which no slice of the result undoes unless the stride is 1. So the
/// operator gets the smaller amount and the odd row and column are added to the input: one copy
/// of the input, far cheaper than a kernel enlarged by zeros (36 instead of 25 products).
public final class Convolution2D: Module, WrappingLayer {
    /// Kernels, outputs×(inputs/groups)×rows×columns.
    @Parameter public var weight: Tensor
    /// What is added to each output channel.
    public let bias: Parameter?

    private let form: FormedWeight
    private let spectral: SpectralNorm?
    private let stride: Extent
    private let window: Extent
    private let padding: Padding
    private let border: BorderMode
    private let dilation: Extent
    private let groups: Int
    private let isThin: Bool
    private let isPlain: Bool
    /// Whether the picture's other end lies beyond each of its left and right edges.
    private var wraps = false

    /// A layer with kernels drawn from the source.
    ///
    /// - Parameters:
    ///   - inputs: Channels that come in.
    ///   - outputs: Channels that go out.
    ///   - kernel: The window's size.
    ///   - stride: Pixels from window to window.
    ///   - padding: How much border the picture gets.
    ///   - border: What the border holds.
    ///   - dilation: Pixels from one element of the kernel to the next.
    ///   - groups: Groups of channels that do not see each other.
    ///   - bias: Whether a learned number is added to each output channel.
    ///   - initializer: How the kernels are drawn.
    ///   - biasInitializer: How the bias is drawn; when absent, zeros, and as PyTorch does
    ///     where the kernels' initializer is `.torchDefault`.
    ///   - form: How the kernels kept become those multiplied with.
    ///   - source: Where the numbers come from.
    /// - Precondition: `groups` divides both channel counts.
    public init(
        inputs: Int,
        outputs: Int,
        kernel: Extent,
        stride: Extent = 1,
        padding: Padding = .valid,
        border: BorderMode = .zeros,
        dilation: Extent = 1,
        groups: Int = 1,
        bias: Bool = true,
        initializer: Initializer = .glorotUniform,
        biasInitializer: Initializer? = nil,
        form: WeightForm = .plain,
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
            groups: groups
        )
        let shape = [outputs, inputs / groups] + kernel.sizes
        // Channels innermost, as the kernels of libtorch want them: no copy in each step.
        weight = form.initializer(initializer).draw(shape, fans: fans, using: source)
            .channelsLast()
        isThin = groups == 1 && inputs <= 4
        isPlain = groups == 1 && dilation == 1
        let first = biasInitializer ?? initializer.forBias
        self.bias =
            bias
            ? Parameter(wrappedValue: first.draw([outputs], fans: fans, using: source)) : nil
        self.form = FormedWeight(form, fans: fans)
        spectral = form.spectralNorm(outputs: outputs, using: source)
        self.stride = stride
        self.padding = padding
        self.border = border
        self.dilation = dilation
        self.groups = groups
        window = kernel.dilated(by: dilation)
    }

    /// Takes pictures as cylinders from now on, or as flat ones again.
    public func wrapColumns(_ wraps: Bool) { self.wraps = wraps }

    /// The convolved pictures.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let (_, _, rows, columns) = input.shape4
        let borders = padding.borders(of: (rows, columns), window: window, stride: stride)
        guard wraps else { return convolved(input, borders) }
        let sides = borders.columns
        return convolved(
            input.wrapped(before: sides.before, after: sides.after),
            Borders(rows: borders.rows, columns: Border(before: 0, after: 0))
        )
    }

    /// The pictures with borders, convolved.
    private func convolved(_ input: Tensor, _ borders: Borders) -> Tensor {
        let (weight, bias) = (form.weight(weight, spectral), form.bias(bias))
        if let geometry = fourier(input, borders) {
            return input.fourierConvolved(with: weight, bias: bias, geometry)
        }
        let isZero = border == .zeros
        let padded =
            isZero ? borders.addingExcess(to: input) : borders.added(to: input, border.fill)
        let common = isZero ? borders.common : [0, 0]
        if isThin, input.device == .cpu {
            return padded.thinlyConvolved(
                with: weight,
                bias: bias,
                stride: stride.sizes,
                padding: common,
                dilation: dilation.sizes
            )
        }
        return padded.convolved(
            with: weight,
            bias: bias,
            stride: stride.sizes,
            padding: common,
            dilation: dilation.sizes,
            groups: groups
        )
    }

    /// The shape of the product of spectra, where that is faster than the direct sum.
    private func fourier(_ input: Tensor, _ borders: Borders) -> FourierGeometry? {
        guard isPlain, border == .zeros, input.device == .cpu, weight.dtype == .float32 else {
            return nil
        }
        let (count, inputs, rows, columns) = input.shape4
        let geometry = FourierGeometry(
            input: [rows, columns],
            output: [
                borders.rows.places(size: rows, window: window.rows, stride: stride.rows),
                borders.columns.places(
                    size: columns,
                    window: window.columns,
                    stride: stride.columns
                ),
            ],
            kernel: window.sizes,
            stride: stride.sizes,
            before: borders.common
        )
        let outputs = weight.size(0)
        return geometry.pays(count: count, inputs: inputs, outputs: outputs) ? geometry : nil
    }
}
