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

    /// What overflowed, or a row alone, has no distance; nothing stops for it.
    @Test(arguments: [Float.nan, .infinity, -.infinity, 3e38])
    func whatIsNotFiniteHasNone(_ value: Float) {
        let usual = Tensor([1, 2, 3, 4, 5, 7] as [Float], shape: [3, 2])
        let odd = Tensor([1, 2, 3, value, 5, 6] as [Float], shape: [3, 2])
        #expect(!frechetDistance(usual, odd).isFinite || value.isFinite)
        #expect(!frechetDistance(odd, usual).isFinite || value.isFinite)
        #expect(frechetDistance(usual, usual.sliced(0..<1, along: 0)).isNaN)
        let wide = Tensor([Float](repeating: value, count: 40), shape: [2, 20])
        #expect(inOwnSpan(wide, wide).0.size(0) == 2)
    }

    @Test func fewRowsOfManyFeaturesNeedFewNumbers() {
        let source = RandomSource(seed: 2)
        let first = Tensor.normal([20, 300], dtype: .float64, using: source)
        let second = Tensor.normal([30, 300], dtype: .float64, using: source) * 2 + 0.5
        let (a, b) = inOwnSpan(first, second)
        #expect(a.shape == [20, 50] && b.shape == [30, 50])
        #expect(abs(frechetDistance(a, b) / frechetDistance(first, second) - 1) < 1e-6)
        let (c, d) = inOwnSpan(first.sliced(0..<10, along: 1), second.sliced(0..<10, along: 1))
        #expect(c.shape == [20, 10] && d.shape == [30, 10])
    }
}
