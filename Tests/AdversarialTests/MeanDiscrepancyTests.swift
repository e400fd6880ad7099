import Adversarial
import TestSupport
import Testing
import Torch

@Suite struct MeanDiscrepancyTests {
    private let source = RandomSource(seed: 6)

    @Test func theEstimateIsThatOfADoubleLoop() {
        let first = Tensor.normal([5, 3], dtype: .float64, using: source)
        let second = Tensor.normal([4, 3], dtype: .float64, using: source) + 0.5
        let (x, y) = (first.doubles(), second.doubles())
        func kernel(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
            let distance = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            let dot = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
            return [0.1, 1, 10].reduce(dot) { sum, alpha in
                sum + Tensor(1 + distance / (2 * alpha), dtype: .float64).power(-alpha).item()
            }
        }
        func row(_ values: [Double], _ index: Int) -> ArraySlice<Double> {
            values[3 * index..<3 * index + 3]
        }
        var within = (0.0, 0.0)
        var across = 0.0
        for i in 0..<5 {
            for j in 0..<5 where i != j { within.0 += kernel(row(x, i), row(x, j)) / 20 }
            for j in 0..<4 { across += kernel(row(x, i), row(y, j)) / 20 }
        }
        for i in 0..<4 {
            for j in 0..<4 where i != j { within.1 += kernel(row(y, i), row(y, j)) / 12 }
        }
        let found = MeanDiscrepancy().unbiased(first, second).item()
        #expect(abs(found - (within.0 + within.1 - 2 * across)) < 1e-9)
    }

    @Test func samplesOfOneDistributionDifferByNothingOnAverage() {
        let values = (0..<200).map { _ in
            MeanDiscrepancy().unbiased(
                .normal([32, 4], dtype: .float64, using: source),
                .normal([32, 4], dtype: .float64, using: source)
            ).item()
        }
        let mean = values.reduce(0, +) / 200
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
        #expect(abs(mean) < 4 * deviation / 200.0.squareRoot())
        #expect(values.contains { $0 < 0 })
        let apart = MeanDiscrepancy().unbiased(
            .normal([32, 4], dtype: .float64, using: source),
            .normal([32, 4], dtype: .float64, using: source) + 3
        ).item()
        #expect(apart > 10 * deviation)
    }

    @Test func theWitnessTellsRealFromDrawn() {
        let real = Tensor.normal([40, 2], dtype: .float64, using: source) + 2
        let fake = Tensor.normal([40, 2], dtype: .float64, using: source) - 2
        let places = Tensor([2, 2, -2, -2] as [Double], shape: [2, 2])
        let found = MeanDiscrepancy().witness(places, real: real, fake: fake).doubles()
        #expect(found[0] > 0)
        #expect(found[1] < 0)
        let check = GradientCheck().mismatch(at: [real.sliced(0..<3, along: 0)]) {
            MeanDiscrepancy().unbiased($0[0], fake.sliced(0..<3, along: 0))
        }
        #expect(check == nil)
    }
}
