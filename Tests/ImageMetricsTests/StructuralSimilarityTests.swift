import Foundation
import ImageMetrics
import Testing
import Torch

@Suite struct StructuralSimilarityTests {
    private let source = RandomSource(seed: 2)

    @Test func theSameIsOneAndNoiseTakesAway() {
        let alike = StructuralSimilarity(height: 64, width: 48)
        #expect(alike.sizes == 3)
        let pictures = Tensor.uniform([3, 2, 64, 48], from: -1, to: 1, using: source)
        #expect(alike(pictures, pictures).doubles().allSatisfy { abs($0 - 1) < 1e-9 })
        func mean(_ noise: Double) -> Double {
            let noisy = pictures + Tensor.normal(pictures.shape, deviation: noise, using: source)
            return alike(pictures, noisy).mean().item()
        }
        let (little, much) = (mean(0.1), mean(0.8))
        #expect(little < 1 && much < little - 0.1)
        #expect(StructuralSimilarity(height: 176, width: 200).sizes == 5)
    }

    /// One window of one size, by loops.
    @Test func isTheFormulaOfItsWindow() {
        let x = Tensor.uniform([1, 1, 11, 11], from: -1, to: 1, dtype: .float64, using: source)
        let y = Tensor.uniform([1, 1, 11, 11], from: -1, to: 1, dtype: .float64, using: source)
        let (a, b) = (x.doubles().map { ($0 + 1) / 2 }, y.doubles().map { ($0 + 1) / 2 })
        let curve = (0..<11).map { exp(-pow(Double($0) - 5, 2) / 4.5) }
        let sum = curve.reduce(0, +)
        let weights = (0..<121).map { curve[$0 / 11] * curve[$0 % 11] / (sum * sum) }
        func mean(_ values: [Double]) -> Double {
            zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let (p, q) = (mean(a), mean(b))
        let (s, t) = (mean(a.map { $0 * $0 }) - p * p, mean(b.map { $0 * $0 }) - q * q)
        let shared = mean(zip(a, b).map { $0 * $1 }) - p * q
        let light = (2 * p * q + 1e-4) / (p * p + q * q + 1e-4)
        let expected = max(light * (2 * shared + 9e-4) / (s + t + 9e-4), 0)
        let found = StructuralSimilarity(height: 11, width: 11)(x, y).item()
        #expect(abs(found - expected) < 1e-8)
    }
}
