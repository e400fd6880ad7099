import ImageMetrics
import Testing
import Torch

@Suite struct FrechetLimitTests {
    private let source = RandomSource(seed: 6)

    /// Clouds of one distribution are at distance 0, which no finite number of drawings shows.
    @Test func theBiasOfFewDrawingsGoes() {
        let real = Tensor.normal([40_000, 24], using: source)
        let drawn = Tensor.normal([1500, 24], using: source)
        let found = FrechetLimit(drawn, real, using: source)
        let plain = frechetDistance(drawn, real)
        #expect(found.points.count == 15 && found.points.last?.count == 1500)
        #expect(abs((found.points.last?.distance ?? 0) - plain) < 1e-9)
        #expect(abs(found.distance) < plain / 3)
    }

    @Test func whatIsApartStaysApart() {
        let real = Tensor.normal([20_000, 8], using: source)
        let drawn = Tensor.normal([2000, 8], using: source) + 0.5
        let found = FrechetLimit(drawn, real, points: 8, using: source)
        #expect(abs(found.distance - 2) < 0.2)
    }
}
