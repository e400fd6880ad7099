import ImageMetrics
import TestSupport
import Testing
import Torch

@Suite struct FrechetDistanceTests {
    @Test func isThatOfKnownDistributions() {
        let source = RandomSource(seed: 1)
        let first = Tensor.normal([400_000, 3], dtype: .float64, using: source)
        let scales = Tensor([2, 1, 0.5] as [Double])
        let second = Tensor.normal([400_000, 3], dtype: .float64, using: source) * scales + 1
        // Σ (1 + (1 − scale)²) = 3 + 1 + 0 + 0.25.
        #expect(abs(frechetDistance(first, second) / 4.25 - 1) < 0.01)
        #expect(abs(frechetDistance(first, first)) < 1e-9)
    }
}
