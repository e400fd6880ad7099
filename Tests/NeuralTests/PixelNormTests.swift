import Neural
import TestSupport
import Testing
import Torch

@Suite struct PixelNormTests {
    @Test func pixelsHaveMeanSquareOne() {
        let input = Tensor.normal([2, 5, 3, 4], dtype: .float64, using: RandomSource(seed: 1))
        let squares = PixelNorm()(input).squared().mean(over: [1])
        #expect(mismatch(squares, .ones([2, 3, 4], dtype: .float64), tolerance: 1e-7) == nil)
    }

    @Test func zerosStayZeroWithFiniteDerivatives() {
        let input = Tensor.zeros([1, 3, 1, 1]).requiringGradient()
        let output = PixelNorm()(input)
        #expect(output.floats() == [0, 0, 0])
        #expect(gradients(of: output.sum(), for: [input])[0].isFinite().all())
    }

    @Test func derivativesOfBothOrdersAreRight() {
        let input = Tensor.normal([2, 3, 2], dtype: .float64, using: RandomSource(seed: 1))
        #expect(GradientCheck().mismatch(at: [input]) { PixelNorm()($0[0]) } == nil)
    }
}
