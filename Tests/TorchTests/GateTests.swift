import TestSupport
import Testing
import Torch

@Suite struct GateTests {
    private let source = RandomSource(seed: 6)

    private func composed(_ sums: Tensor) -> Tensor {
        let half = sums.size(1) / 2
        let parts = sums.split([half, half], along: 1)
        return parts[0].tanh() * parts[1].sigmoid()
    }

    @Test(arguments: [1, 16, 37], [DType.float32, .bfloat16])
    func itIsTheProductOfItsHalves(_ channels: Int, _ dtype: DType) {
        let sums = (Tensor.normal([3, 2 * channels, 5, 4], using: source) * 4).converted(to: dtype)
        let tolerance = dtype == .float32 ? 1e-6 : 8e-3
        let expected = composed(sums.converted(to: .float32))
        #expect(
            mismatch(sums.gated().converted(to: .float32), expected, tolerance: tolerance) == nil
        )
        let leaf = sums.requiringGradient()
        let weights = Tensor.normal([3, channels, 5, 4], using: source).converted(to: dtype)
        let found = gradients(of: (leaf.gated() * weights).sum(), for: [leaf])[0]
        let long = sums.converted(to: .float32).requiringGradient()
        let wide = weights.converted(to: .float32)
        let wanted = gradients(of: (composed(long) * wide).sum(), for: [long])[0]
        #expect(mismatch(found.converted(to: .float32), wanted, tolerance: 4 * tolerance) == nil)
    }

    @Test func limitsAreReached() {
        let sums = Tensor([1e4, -1e4, 0, 1e4, 1e4, -1e4] as [Float], shape: [3, 2, 1, 1])
        #expect(sums.gated().floats().allSatisfy { $0.magnitude < 1e-30 })
        let open = Tensor([1e4, 1e4, -1e4, 1e4] as [Float], shape: [2, 2, 1, 1])
        #expect(open.gated().floats() == [1, -1])
    }

    @Test func secondDerivativesAreThoseOfTheProduct() {
        let sums = Tensor.normal([2, 6, 3, 3], dtype: .float64, using: source)
        #expect(secondOrderMismatch(sums) == nil)
    }

    /// The derivative of a squared gradient, against that of the composed form.
    private func secondOrderMismatch(_ sums: Tensor) -> String? {
        func second(_ body: (Tensor) -> Tensor) -> Tensor {
            let leaf = sums.requiringGradient()
            let first = gradients(of: body(leaf).sum(), for: [leaf], createsGraph: true)[0]
            return gradients(of: first.squared().sum(), for: [leaf])[0]
        }
        return mismatch(second { $0.gated() }, second(composed), tolerance: 1e-12)
    }
}
