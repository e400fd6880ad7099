import Neural
import TestSupport
import Testing
import Torch

@Suite struct RMSNormTests {
    @Test func dividesByTheRootMeanSquare() {
        let norm = RMSNorm(2, epsilon: 0)
        norm.weight = Tensor([1, 10] as [Float])
        let output = norm(Tensor([3, 4] as [Float], shape: [1, 2]))
        let root = Float(12.5).squareRoot()
        #expect(
            mismatch(output, Tensor([3 / root, 40 / root], shape: [1, 2]), tolerance: 1e-6) == nil
        )
    }

    @Test func shortTypesAreComputedInSinglePrecision() {
        let norm = RMSNorm(2, epsilon: 0)
        norm.convert(to: .float16)
        // 300² is infinite in half precision.
        let output = norm(Tensor([300, 300] as [Float]).converted(to: .float16))
        #expect(output.dtype == .float16)
        #expect(output.floats() == [1, 1])
    }

    @Test func derivativesOfBothOrdersAreRight() {
        let source = RandomSource(seed: 2)
        let input = Tensor.normal([3, 4], dtype: .float64, using: source)
        let norm = RMSNorm(4)
        norm.convert(to: .float64)
        #expect(GradientCheck().mismatch(at: [input]) { norm($0[0]) } == nil)
    }
}
