import Foundation
import ImageMetrics
import Testing
import Torch

@Suite struct RadialSpectrumTests {
    /// A wave has its power at its own frequency.
    @Test(arguments: [1, 3, 7]) func wavesAreFound(_ cycles: Int) {
        let (rows, columns) = (16, 16)
        let values = (0..<rows * columns).map { index in
            Float(cos(2 * Double.pi * Double(cycles * (index % columns)) / Double(columns)))
        }
        let found = RadialSpectrum(Tensor(values, shape: [1, 1, rows, columns])).power
        #expect(found.count == 8)
        let largest = found.indices.max { found[$0] < found[$1] }
        #expect(largest == cycles - 1)
        for (place, value) in found.enumerated() where place != cycles - 1 {
            #expect(value < found[cycles - 1] - 3)
        }
    }

    /// Noise has as much of everything: on average its variance.
    @Test func noiseIsFlat() {
        let noise = Tensor.normal([200, 1, 32, 32], using: RandomSource(seed: 1)) * 2
        let found = RadialSpectrum(noise).power
        #expect(found.allSatisfy { abs($0 - log10(4)) < 0.1 })
    }
}
