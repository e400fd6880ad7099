import TestSupport
import Testing
import Torch

private let hasSpectra =
    FourierGeometry(
        input: [7, 7],
        output: [7, 7],
        kernel: [5, 5],
        stride: [1, 1],
        before: [2, 2]
    )
    .effort(count: 1, inputs: 16, outputs: 16) < .infinity

/// Products of spectra beside the direct sum in double precision.
@Suite(.enabled(if: hasSpectra, "this processor has no AVX-512")) struct FourierConvolutionTests {
    /// A shape, and how many channels and pictures meet it.
    struct Shape: Sendable, CustomTestStringConvertible {
        let geometry: FourierGeometry
        var count = 3
        var inputs = 16
        var outputs = 32

        var testDescription: String {
            "\(geometry.input) to \(geometry.output), kernel \(geometry.kernel), "
                + "stride \(geometry.stride), \(inputs) to \(outputs) channels"
        }
    }

    static func square(
        _ input: Int,
        _ output: Int,
        kernel: Int,
        stride: Int = 1,
        before: Int? = nil
    ) -> FourierGeometry {
        FourierGeometry(
            input: [input, input],
            output: [output, output],
            kernel: [kernel, kernel],
            stride: [stride, stride],
            before: [before ?? kernel / 2, before ?? kernel / 2]
        )
    }

    /// Every length of transform, one tile and several, strides, borders, odd counts of channels.
    static let shapes = [
        Shape(geometry: square(7, 7, kernel: 5), count: 9, inputs: 32, outputs: 16),
        Shape(geometry: square(14, 7, kernel: 5, stride: 2, before: 1)),
        Shape(geometry: square(8, 8, kernel: 5), outputs: 48),
        Shape(geometry: square(10, 10, kernel: 5), count: 1),
        Shape(geometry: square(16, 16, kernel: 3)),
        Shape(geometry: square(29, 29, kernel: 5), count: 2),
        Shape(geometry: square(28, 14, kernel: 4, stride: 2, before: 1), count: 2),
        Shape(geometry: square(13, 5, kernel: 5, stride: 2, before: 0), inputs: 48),
        Shape(geometry: square(9, 3, kernel: 3, stride: 3, before: 0)),
        Shape(geometry: square(6, 6, kernel: 1)),
        Shape(
            geometry: FourierGeometry(
                input: [12, 7],
                output: [6, 7],
                kernel: [3, 5],
                stride: [2, 1],
                before: [0, 2]
            )
        ),
    ]

    @Test(arguments: shapes)
    func convolutionIsThatOfTheDirectSum(_ shape: Shape) {
        let (x, w, bias) = Self.random(shape, pictures: shape.geometry.input, shape.inputs)
        let found = Self.results([x, w, bias]) {
            $0[0].fourierConvolved(with: $0[1], bias: $0[2], shape.geometry)
        }
        let expected = Self.results([x, w, bias].map { $0.converted(to: .float64) }) {
            Self.direct($0[0], $0[1], $0[2], shape.geometry)
        }
        Self.compare(found, expected, tolerance: 2e-5)
    }

    @Test(arguments: shapes)
    func transposeConvolutionIsThatOfTheDirectSum(_ shape: Shape) {
        let (y, w, bias) = Self.random(shape, pictures: shape.geometry.output, shape.outputs)
        let found = Self.results([y, w, bias]) {
            $0[0].fourierTransposeConvolved(with: $0[1], bias: $0[2], shape.geometry)
        }
        let expected = Self.results([y, w, bias].map { $0.converted(to: .float64) }) {
            Self.directTranspose($0[0], $0[1], $0[2], shape.geometry)
        }
        Self.compare(found, expected, tolerance: 2e-5)
    }

    @Test(.enabled(if: Machine.hasBFloat16, "no bfloat16 here"), arguments: shapes.prefix(6))
    func bfloat16StaysWithinItsPrecision(_ shape: Shape) {
        let (x, w, bias) = Self.random(shape, pictures: shape.geometry.input, shape.inputs)
        let found = Self.results([x, w, bias]) { inputs in
            autocast(.bfloat16) {
                inputs[0].fourierConvolved(with: inputs[1], bias: inputs[2], shape.geometry)
            }
        }
        let expected = Self.results([x, w, bias].map { $0.converted(to: .float64) }) {
            Self.direct($0[0], $0[1], $0[2], shape.geometry)
        }
        #expect(found[0].dtype == .bfloat16)
        #expect(found[2].dtype == .float32, "gradients of kernels are in single precision")
        Self.compare(found, expected, tolerance: 2e-2)
    }

    /// No sum may depend on what else is in the batch, nor on how the work is divided.
    @Test func aPictureIsTheSameInEveryBatchAndForAnyThreads() async {
        await #expect(processExitsWith: .success) {
            let shape = FourierConvolutionTests.shapes[0]
            let (x, w, _) = FourierConvolutionTests.random(
                shape,
                pictures: shape.geometry.input,
                shape.inputs
            )
            Machine.threads = 1
            let whole = x.fourierConvolved(with: w, shape.geometry).floats()
            Machine.threads = 2
            precondition(x.fourierConvolved(with: w, shape.geometry).floats() == whole)
            let size = whole.count / shape.count
            for index in 0..<shape.count {
                let alone = x.sliced(index..<index + 1, along: 0)
                    .fourierConvolved(with: w, shape.geometry)
                precondition(
                    alone.floats() == Array(whole[index * size..<(index + 1) * size]),
                    "picture \(index) differs alone"
                )
            }
        }
    }

    @Test(arguments: shapes, Machine.hasBFloat16 ? [DType.float32, .bfloat16] : [.float32])
    func keptKernelsGiveTheSame(_ shape: Shape, _ dtype: DType) {
        let (x, w, bias) = Self.random(shape, pictures: shape.geometry.input, shape.inputs)
        let (y, _, otherBias) = Self.random(shape, pictures: shape.geometry.output, shape.outputs)
        func kept(_ bias: Tensor, isTransposed: Bool) -> KeptFourierConvolution {
            KeptFourierConvolution(
                kernel: w,
                bias: bias,
                slope: 0.2,
                shape.geometry,
                isTransposed: isTransposed,
                dtype: dtype
            )
        }
        autocast(dtype == .float32 ? nil : dtype) {
            let forward = x.fourierConvolved(with: w, bias: bias, shape.geometry)
            let back = y.fourierTransposeConvolved(with: w, bias: otherBias, shape.geometry)
            // bfloat16 rounds once here and twice there.
            let tolerance = dtype == .float32 ? 1e-6 : 1e-2
            let found = kept(bias, isTransposed: false)(x)
            #expect(mismatch(found, forward.leakyRelu(slope: 0.2), tolerance: tolerance) == nil)
            let other = kept(otherBias, isTransposed: true)(y)
            #expect(mismatch(other, back.leakyRelu(slope: 0.2), tolerance: tolerance) == nil)
        }
    }

    @Test func knowsWhatItHasNoCodeFor() {
        #expect(Self.square(7, 7, kernel: 5).effort(count: 1, inputs: 3, outputs: 16) == .infinity)
        #expect(
            Self.square(64, 64, kernel: 13).effort(count: 1, inputs: 16, outputs: 16) == .infinity
        )
        #expect(Self.square(7, 7, kernel: 5).pays(count: 256, inputs: 256, outputs: 128))
        #expect(!Self.square(32, 32, kernel: 1).pays(count: 256, inputs: 64, outputs: 64))
    }

    static func random(
        _ shape: Shape,
        pictures size: [Int],
        _ channels: Int
    ) -> (pictures: Tensor, kernel: Tensor, bias: Tensor) {
        let source = RandomSource(seed: 1)
        let kernel = [shape.outputs, shape.inputs] + shape.geometry.kernel
        let others = channels == shape.inputs ? shape.outputs : shape.inputs
        return (
            .normal([shape.count, channels] + size, using: source),
            .normal(kernel, using: source) * 0.1,
            .normal([others], using: source)
        )
    }

    /// The result, its derivatives, and the derivatives of those derivatives' squares.
    private static func results(
        _ inputs: [Tensor],
        _ function: ([Tensor]) -> Tensor
    ) -> [Tensor] {
        let leaves = inputs.map { $0.requiringGradient() }
        let result = function(leaves)
        let seed = Tensor.normal(result.shape, using: RandomSource(seed: 2))
            .converted(to: result.dtype).requiringGradient()
        let first = gradients(of: result, for: leaves, seed: seed, createsGraph: true)
        let penalty = first.dropLast().map { $0.converted(to: .float64).squared().sum() }
            .reduce(Tensor(0, dtype: .float64), +)
        return [result] + first + gradients(of: penalty, for: Array(leaves.dropLast()) + [seed])
    }

    private static func compare(_ found: [Tensor], _ expected: [Tensor], tolerance: Double) {
        let names = [
            "result", "derivative by pictures", "derivative by kernels", "derivative by bias",
            "second derivative by pictures", "second derivative by kernels",
            "second derivative by the result",
        ]
        for (index, name) in names.enumerated() {
            let difference = found[index].converted(to: .float64) - expected[index]
            let share = difference.squared().sum().item() / expected[index].squared().sum().item()
            #expect(share.squareRoot() < tolerance, "\(name) is off by \(share.squareRoot())")
        }
    }

    private static func direct(
        _ x: Tensor,
        _ w: Tensor,
        _ bias: Tensor,
        _ geometry: FourierGeometry
    ) -> Tensor {
        let after = (0...1).map { (side: Int) -> Int in
            let reach = (geometry.output[side] - 1) * geometry.stride[side] + geometry.kernel[side]
            return reach - geometry.input[side] - geometry.before[side]
        }
        return x.padded([geometry.before[1], after[1], geometry.before[0], after[0]])
            .convolved(with: w, bias: bias, stride: geometry.stride, padding: [0, 0])
    }

    /// The derivative of the direct sum by its pictures, which is linear in them.
    private static func directTranspose(
        _ y: Tensor,
        _ w: Tensor,
        _ bias: Tensor,
        _ geometry: FourierGeometry
    ) -> Tensor {
        let count = y.size(0)
        let x = Tensor.zeros([count, w.size(1)] + geometry.input, dtype: .float64)
            .requiringGradient()
        let result = direct(x, w, .zeros([w.size(0)], dtype: .float64), geometry)
        let found = gradients(of: result, for: [x], seed: y, createsGraph: true)[0]
        return found + bias.reshaped([1, -1, 1, 1])
    }
}
