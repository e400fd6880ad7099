import Neural
import TestSupport
import Testing
import Torch

/// The fused batch normalisation and leaky ReLU beside the two layers one after the other.
@Suite struct BatchNormLeakyTests {
    private static let shapes = [[5, 16], [300, 48], [7, 80, 3, 5], [40, 64, 4, 4], [3, 1040]]

    /// Result, first derivatives by input, scale and shift, and second derivatives.
    private static func results(
        _ shape: [Int],
        _ dtype: DType,
        _ function: (Tensor, Tensor, Tensor) -> Tensor
    ) -> [Tensor] {
        let source = RandomSource(seed: 1)
        let x = (Tensor.normal(shape, using: source) * 2 + 3).converted(to: dtype)
        let parameters = dtype == .bfloat16 ? DType.float32 : dtype
        let scale = Tensor.normal([shape[1]], using: source).converted(to: parameters)
        let shift = Tensor.normal([shape[1]], using: source).converted(to: parameters)
        let leaves = [x, scale, shift].map { $0.requiringGradient() }
        let result = function(leaves[0], leaves[1], leaves[2])
        let seed = Tensor.normal(shape, using: source).converted(to: dtype).requiringGradient()
        let first = gradients(of: result, for: leaves, seed: seed, keepsGraph: true)
        let recorded = gradients(of: result, for: leaves, seed: seed, createsGraph: true)
        let penalty = recorded.map { $0.converted(to: .float32).squared().sum() }
            .reduce(Tensor(0), +)
        return [result] + first + gradients(of: penalty, for: leaves.dropLast() + [seed])
    }

    private static func fused(_ x: Tensor, _ scale: Tensor, _ shift: Tensor) -> Tensor {
        x.batchNormalizedLeaky(scale: scale, shift: shift, epsilon: 1e-3, slope: 0.3).output
    }

    private static func plain(_ x: Tensor, _ scale: Tensor, _ shift: Tensor) -> Tensor {
        x.batchNormalized(
            scale: scale,
            shift: shift,
            runningMean: nil,
            runningVariance: nil,
            isTraining: true,
            momentum: 1,
            epsilon: 1e-3
        ).leakyRelu(slope: 0.3)
    }

    @Test(arguments: shapes)
    func isThatOfTheUnfusedForm(_ shape: [Int]) {
        let found = Self.results(shape, .float32, Self.fused)
        let expected = Self.results(shape, .float64, Self.plain)
        for (index, pair) in zip(found, expected).enumerated() {
            #expect(mismatch(pair.0, pair.1, tolerance: 1e-4, "result \(index)") == nil)
        }
    }

    @Test(arguments: shapes)
    func bfloat16HasItsStatisticsInSinglePrecision(_ shape: [Int]) {
        // One rounding of x to bfloat16 is part of the question, not of the error.
        let found = Self.results(shape, .bfloat16, Self.fused)
        let expected = Self.results(shape, .float64) { x, scale, shift in
            Self.plain(x.converted(to: .bfloat16).converted(to: .float64), scale, shift)
        }
        for index in 0..<4 {
            let name = "result \(index)"
            #expect(mismatch(found[index], expected[index], tolerance: 2e-2, name) == nil)
        }
    }

    @Test func aMeanFarFromZeroCostsNoDigits() {
        let x = Tensor.normal([4096, 16], using: RandomSource(seed: 2)) + 1000
        let (output, mean, variance) = x.batchNormalizedLeaky(
            scale: nil,
            shift: nil,
            epsilon: 0,
            slope: 0.5
        )
        let wide = x.converted(to: .float64)
        let center = wide.mean(over: [0])
        let spread = (wide - center).squared().mean(over: [0])
        #expect(mismatch(mean, center, tolerance: 1e-6) == nil)
        #expect(mismatch(variance, spread, tolerance: 1e-5) == nil)
        let normal = (wide - center) / spread.squareRoot()
        #expect(mismatch(output, normal.leakyRelu(slope: 0.5), tolerance: 1e-3) == nil)
    }

    @Test(arguments: [false, true])
    func countsTheStatisticsOfTheUnfusedLayer(_ countsUnbiased: Bool) {
        func layer() -> BatchNorm {
            BatchNorm(16, decay: 0.9, epsilon: 1e-3, countsUnbiased: countsUnbiased)
        }
        let (fused, plain) = (layer(), layer())
        let source = RandomSource(seed: 3)
        for _ in 0..<3 {
            let x = Tensor.normal([6, 16, 2, 2], using: source)
            let difference = mismatch(
                fused.leaky(x, slope: 0.2),
                plain(x).leakyRelu(slope: 0.2),
                tolerance: 1e-5
            )
            #expect(difference == nil)
        }
        #expect(mismatch(fused.runningMean, plain.runningMean, tolerance: 1e-6) == nil)
        #expect(mismatch(fused.runningVariance, plain.runningVariance, tolerance: 1e-6) == nil)
        #expect(fused.batchCount.item() == 3)
    }

    @Test func inUseItIsTheLayersOneAfterTheOther() {
        let norm = BatchNorm(16, decay: 0.9, epsilon: 1e-3)
        norm.setTraining(false)
        let x = Tensor.normal([2, 16], using: RandomSource(seed: 4))
        #expect(norm.leaky(x, slope: 0.2).floats() == norm(x).leakyRelu(slope: 0.2).floats())
    }
}
