import ImageMetrics
import TestSupport
import Testing
import Torch

@Suite struct KernelDistanceTests {
    private let source = RandomSource(seed: 4)

    /// All rows in one subset, by a double loop.
    @Test func isTheUnbiasedEstimate() {
        let x = Tensor.normal([7, 3], dtype: .float64, using: source)
        let y = Tensor.normal([7, 3], dtype: .float64, using: source) + 0.5
        let (a, b) = (rows(x), rows(y))
        func kernel(_ p: [Double], _ q: [Double]) -> Double {
            let product = zip(p, q).reduce(0) { $0 + $1.0 * $1.1 } / 3 + 1
            return product * product * product
        }
        var expected = 0.0
        for i in 0..<7 {
            for j in 0..<7 {
                if i != j { expected += (kernel(a[i], a[j]) + kernel(b[i], b[j])) / 42 }
                expected -= 2 * kernel(a[i], b[j]) / 49
            }
        }
        let found = KernelDistance(x, y, subsets: 3, using: source)
        #expect(abs(found.mean - expected) < 1e-10)
        #expect(found.deviation < 1e-10)
    }

    @Test func cloudsOfOneDistributionAreAtDistanceZeroOnAverage() {
        let x = Tensor.normal([5000, 8], using: source)
        let same = Tensor.normal([5000, 8], using: source)
        let found = KernelDistance(x, same, subsets: 50, size: 500, using: source)
        #expect(abs(found.mean) < 4 * found.deviation / 50.0.squareRoot() + 2e-3)
        let other = KernelDistance(x, same + 0.5, subsets: 10, size: 500, using: source)
        #expect(other.mean > 10 * found.deviation)
    }

    private func rows(_ tensor: Tensor) -> [[Double]] {
        (0..<tensor.size(0)).map { tensor.selected($0).doubles() }
    }
}
