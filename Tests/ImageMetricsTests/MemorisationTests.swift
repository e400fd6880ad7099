import ImageMetrics
import Testing
import Torch

@Suite struct MemorisationTests {
    private let source = RandomSource(seed: 4)

    /// Distances by loops, and who is authentic.
    @Test func isWhatItSays() {
        let training = Tensor([0, 0, 1, 0, 5, 0] as [Float], shape: [3, 2])
        let drawn = Tensor([0, 0.5, 5, 3, 9, 9] as [Float], shape: [3, 2])
        let found = Memorisation(drawn, training: training)
        #expect(found.nearest == [0, 2, 2])
        #expect(abs(found.distances[0] - 0.5) < 1e-9 && abs(found.distances[1] - 3) < 1e-9)
        // The first training picture has another one at 1, the last one at 4.
        #expect(abs(found.authenticity - 1.0 / 3) < 1e-9)
        #expect(found.copies == nil && found.heldOut.isEmpty)
    }

    @Test func copiesAreFound() {
        let training = Tensor.normal([400, 8], using: source)
        let heldOut = Tensor.normal([200, 8], using: source)
        let new = Memorisation(
            .normal([200, 8], using: source),
            training: training,
            heldOut: heldOut
        )
        #expect((new.copies ?? 1) < 0.15)
        let half = Tensor.concatenated([
            training.sliced(0..<100, along: 0), .normal([100, 8], using: source),
        ])
        let copied = Memorisation(half, training: training, heldOut: heldOut)
        #expect((copied.copies ?? 0) >= 0.5)
        #expect(copied.nearest.prefix(100) == Array(0..<100).prefix(100))
        #expect(copied.authenticity < new.authenticity - 0.2)
    }
}
