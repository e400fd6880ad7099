import TestSupport
import Testing
import Torch

@Suite struct ThinConvolutionTests {
    /// How windows lie on pictures.
    struct Case: Sendable {
        var size = [9, 12]
        var kernel = [3, 4]
        var stride = [1, 1]
        var padding = [0, 0]
        var dilation = [1, 1]
    }

    private static let cases = [
        Case(),
        Case(kernel: [4, 4], stride: [2, 2], padding: [1, 1]),
        Case(kernel: [5, 5], stride: [2, 2], padding: [2, 2]),
        Case(size: [7, 11], kernel: [1, 3], stride: [2, 3], padding: [0, 2], dilation: [1, 2]),
        Case(size: [5, 6], kernel: [2, 6], stride: [3, 1], padding: [1, 3]),
        Case(size: [4, 9], kernel: [2, 2], stride: [3, 4]),
    ]
    private let source = RandomSource(seed: 17)

    @Test(arguments: cases, [(DType.float64, 1e-12), (.float32, 1e-5), (.bfloat16, 0.05)])
    func isAConvolution(_ setup: Case, _ precision: (dtype: DType, tolerance: Double)) {
        let pictures = Tensor.normal([3, 2] + setup.size, dtype: .float64, using: source)
        let kernel = Tensor.normal([5, 2] + setup.kernel, dtype: .float64, using: source)
        let bias = Tensor.normal([5], dtype: .float64, using: source)
        let found = pictures.converted(to: precision.dtype).thinlyConvolved(
            with: kernel.converted(to: precision.dtype),
            bias: bias.converted(to: precision.dtype),
            stride: setup.stride,
            padding: setup.padding,
            dilation: setup.dilation
        )
        let expected = pictures.convolved(
            with: kernel,
            bias: bias,
            stride: setup.stride,
            padding: setup.padding,
            dilation: setup.dilation
        )
        #expect(found.dtype == precision.dtype)
        #expect(mismatch(found, expected, tolerance: precision.tolerance) == nil)
    }

    @Test(arguments: cases, [(DType.float64, 1e-12), (.float32, 1e-5), (.bfloat16, 0.08)])
    func isATransposedConvolution(_ setup: Case, _ precision: (dtype: DType, tolerance: Double)) {
        let pictures = Tensor.normal([3, 6] + setup.size, dtype: .float64, using: source)
        let kernel = Tensor.normal([6, 2] + setup.kernel, dtype: .float64, using: source)
        let extra = setup.stride.map { $0 - 1 }
        let found = pictures.converted(to: precision.dtype).thinlyTransposeConvolved(
            with: kernel.converted(to: precision.dtype),
            stride: setup.stride,
            padding: setup.padding,
            outputPadding: extra,
            dilation: setup.dilation
        )
        let expected = pictures.transposeConvolved(
            with: kernel,
            stride: setup.stride,
            padding: setup.padding,
            outputPadding: extra,
            dilation: setup.dilation
        )
        #expect(found.dtype == precision.dtype)
        #expect(mismatch(found, expected, tolerance: precision.tolerance) == nil)
    }

    @Test(arguments: cases)
    func derivativesOfBothOrdersAreRight(_ setup: Case) {
        let pictures = Tensor.normal([1, 1] + setup.size, dtype: .float64, using: source)
        let kernel = Tensor.normal([2, 1] + setup.kernel, dtype: .float64, using: source)
        let thin = GradientCheck().mismatch(at: [pictures, kernel]) {
            $0[0].thinlyConvolved(
                with: $0[1],
                stride: setup.stride,
                padding: setup.padding,
                dilation: setup.dilation
            ).squared()
        }
        #expect(thin == nil)
        let small = Tensor.normal([1, 2, 3, 2], dtype: .float64, using: source)
        let painting = GradientCheck().mismatch(at: [small, kernel]) {
            $0[0].thinlyTransposeConvolved(
                with: $0[1],
                stride: setup.stride,
                padding: [0, 0],
                outputPadding: [0, 0],
                dilation: setup.dilation
            ).squared()
        }
        #expect(painting == nil)
    }

    /// Windows are many times as many numbers as the pictures: they are taken from shortened ones.
    @Test func autocastShortensPictures() {
        let pictures = Tensor.normal([2, 3, 8, 8], using: source)
        let kernel = Tensor.normal([4, 3, 4, 4], using: source)
        let found = autocast(.bfloat16) {
            pictures.thinlyConvolved(
                with: kernel,
                stride: [2, 2],
                padding: [1, 1],
                dilation: [1, 1]
            )
        }
        #expect(found.dtype == .bfloat16)
        let expected = pictures.convolved(with: kernel, stride: [2, 2], padding: [1, 1])
        #expect(mismatch(found, expected, tolerance: 0.05) == nil)
    }
}
