import ImageMetrics
import TestSupport
import Testing
import Torch

@Suite struct ManifoldScoresTests {
    private let source = RandomSource(seed: 6)

    /// By counting, on few rows.
    @Test(arguments: [1, 3]) func areSharesOfBalls(_ k: Int) {
        let real = Tensor.normal([12, 2], dtype: .float64, using: source)
        let fake = Tensor.normal([12, 2], dtype: .float64, using: source) * 0.7 + 0.4
        let (a, b) = (rows(real), rows(fake))
        func distance(_ p: [Double], _ q: [Double]) -> Double {
            zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        func radii(_ all: [[Double]]) -> [Double] {
            all.map { row in all.map { distance(row, $0) }.sorted()[k] }
        }
        let (realRadii, fakeRadii) = (radii(a), radii(b))
        func isIn(_ i: Int, _ j: Int) -> Bool { distance(b[i], a[j]) < realRadii[j] }
        let all = 0..<12
        let found = ManifoldScores(fake, beside: real, k: k)
        let precision = all.count { i in all.contains { isIn(i, $0) } }
        let recall = all.count { j in all.contains { distance(b[$0], a[j]) < fakeRadii[$0] } }
        let density = all.reduce(0) { sum, i in sum + all.count { isIn(i, $0) } }
        let coverage = all.count { j in all.contains { isIn($0, j) } }
        #expect(abs(found.precision - Double(precision) / 12) < 1e-12)
        #expect(abs(found.recall - Double(recall) / 12) < 1e-12)
        #expect(abs(found.density - Double(density) / Double(12 * k)) < 1e-12)
        #expect(abs(found.coverage - Double(coverage) / 12) < 1e-12)
    }

    /// Two clouds of one normal distribution in a thousand dimensions.
    ///
    /// Source: the figures that Naeem et al. publish for 10,000 rows each and five neighbours. In so
    /// many dimensions a few rows are neighbours of very many, so densities scatter by a tenth.
    @Test func areThosePublishedForNormalClouds() {
        let real = Tensor.normal([10_000, 1000], using: source)
        let fake = Tensor.normal([10_000, 1000], using: source)
        let found = ManifoldScores(fake, beside: real, k: 5)
        #expect(abs(found.precision - 0.4772) < 0.02)
        #expect(abs(found.recall - 0.4705) < 0.02)
        #expect(abs(found.density - 1.0555) < 0.15)
        #expect(abs(found.coverage - 0.9735) < 0.02)
    }

    @Test func farCloudsShareNothing() {
        let real = Tensor.normal([100, 4], using: source)
        let found = ManifoldScores(real + 100, beside: real, k: 3)
        #expect([found.precision, found.recall, found.density, found.coverage] == [0, 0, 0, 0])
        // One point drawn again and again reaches few.
        let one = real.sliced(0..<1, along: 0).expanded([100, 4])
        let narrow = ManifoldScores(
            one + Tensor.normal([100, 4], using: source) * 1e-3,
            beside: real,
            k: 3
        )
        #expect(narrow.precision == 1)
        #expect(narrow.recall < 0.05)
        #expect(narrow.coverage < 0.1)
    }

    private func rows(_ tensor: Tensor) -> [[Double]] {
        (0..<tensor.size(0)).map { tensor.selected($0).doubles() }
    }
}
