import TestSupport
import Testing
import Torch

@Suite struct SmoothingTests {
    private let source = RandomSource(seed: 31)
    private static let taps = [0.1, -0.4, 0.7, 0.2, 0.05]

    /// The same by a convolution of each channel.
    private func expected(
        _ pictures: Tensor,
        before: Int,
        stride: Int,
        size: [Int]
    ) -> Tensor {
        let line = Tensor(Self.taps, shape: [5, 1])
        let kernel = (line * line.transposed()).converted(to: pictures.dtype)
            .expanded([pictures.size(1), 1, 5, 5])
        let after = (0..<2).map { (size[$0] - 1) * stride + 5 - before - pictures.size(2 + $0) }
        return pictures.padded([before, after[1], before, after[0]]).convolved(
            with: kernel,
            stride: [stride, stride],
            padding: [0, 0],
            groups: pictures.size(1)
        )
    }

    @Test(arguments: [1, 2, 3], [-1, 0, 2])
    func smoothingIsADepthwiseConvolution(_ stride: Int, _ before: Int) {
        for (channels, dtype, tolerance) in [
            (3, DType.float64, 1e-12), (16, .float32, 1e-5), (32, .bfloat16, 0.03),
        ] {
            let pictures = Tensor.normal([2, channels, 9, 12], dtype: .float64, using: source)
            let size = [(9 + before) / stride, (12 + before) / stride]
            let found = pictures.converted(to: dtype).smoothed(
                by: Self.taps,
                before: before,
                stride: stride,
                size: size,
                spreads: false
            )
            #expect(found.dtype == dtype)
            #expect(
                mismatch(
                    found,
                    expected(pictures, before: before, stride: stride, size: size),
                    tolerance: tolerance
                ) == nil
            )
        }
    }

    /// Σ spread(y) · x = Σ y · smoothed(x) for all x and y.
    @Test(arguments: [1, 2], [-1, 0, 3])
    func spreadingIsTheTransposedMap(_ stride: Int, _ before: Int) {
        let x = Tensor.normal([2, 3, 8, 7], dtype: .float64, using: source)
        let y = Tensor.normal([2, 3, 4, 3], dtype: .float64, using: source)
        let smooth = x.smoothed(
            by: Self.taps,
            before: before,
            stride: stride,
            size: [4, 3],
            spreads: false
        )
        let spread = y.smoothed(
            by: Self.taps,
            before: before,
            stride: stride,
            size: [8, 7],
            spreads: true
        )
        #expect(abs((smooth * y).sum().item() - (spread * x).sum().item()) < 1e-10)
    }

    @Test(arguments: [true, false]) func derivativesOfBothOrdersAreRight(_ spreads: Bool) {
        let pictures = Tensor.normal([1, 2, 4, 5], dtype: .float64, using: source)
        let found = GradientCheck().mismatch(at: [pictures]) {
            $0[0].smoothed(
                by: Self.taps,
                before: 1,
                stride: 2,
                size: spreads ? [8, 9] : [2, 3],
                spreads: spreads
            ).squared()
        }
        #expect(found == nil)
    }
}
