import ImageMetrics
import Testing
import Torch

@Suite struct SlicedDistanceTests {
    private let source = RandomSource(seed: 9)

    /// Smooth pictures: noise of few pixels, enlarged.
    private func pictures(_ count: Int) -> Tensor {
        Tensor.normal([count, 3, 8, 8], using: source).resampled(size: [32, 32], .bilinear)
    }

    @Test func levelsGoDownToSixteenPixels() {
        let x = Tensor.normal([4, 1, 64, 64], using: source)
        let found = SlicedDistance(x, x, patches: 8, directions: 16, using: source)
        #expect(found.levels.map(\.side) == [64, 32, 16])
        #expect(abs(found.mean - found.levels.reduce(0) { $0 + $1.distance } / 3) < 1e-12)
    }

    /// Other pictures of the same kind are near; fine noise shows at the finest level.
    @Test func detailsAreToldApart() {
        let (first, second) = (pictures(60), pictures(60))
        let noisy = second + Tensor.normal(second.shape, deviation: 0.3, using: source)
        let near = SlicedDistance(first, second, patches: 32, directions: 64, using: source)
        let far = SlicedDistance(first, noisy, patches: 32, directions: 64, using: source)
        #expect(far.levels[0].distance > 1.5 * near.levels[0].distance)
        #expect(far.levels[0].distance > far.levels[1].distance)
    }
}
