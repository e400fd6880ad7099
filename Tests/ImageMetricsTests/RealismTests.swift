import ImageMetrics
import Testing
import Torch

@Suite struct RealismTests {
    /// By loops: the largest ratio of a real picture's ball to the distance from it.
    @Test func isTheLargestRatio() {
        let source = RandomSource(seed: 8)
        let real = Tensor.normal([40, 3], dtype: .float64, using: source)
        let drawn = Tensor.normal([9, 3], dtype: .float64, using: source) * 2
        func rows(_ tensor: Tensor) -> [[Double]] {
            (0..<tensor.size(0)).map { tensor.selected($0).doubles() }
        }
        func distance(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        let (all, some) = (rows(real), rows(drawn))
        let radii = all.indices.map { place in
            all.indices.filter { $0 != place }.map { distance(all[place], all[$0]) }.sorted()[2]
        }
        let middle = radii.sorted()[20]
        let expected = some.map { row in
            all.indices.filter { radii[$0] <= middle }
                .map { radii[$0] / distance(row, all[$0]) }.max() ?? 0
        }
        let found = Realism(drawn, beside: real, k: 3).scores
        for (a, b) in zip(found, expected) { #expect(abs(a / b - 1) < 1e-5) }
    }
}
