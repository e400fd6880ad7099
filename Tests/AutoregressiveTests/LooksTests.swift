import Autoregressive
import Testing
import Torch

@Suite struct LooksTests {
    private let network: TokenTransformer
    private let source = RandomSource(seed: 5)

    init() {
        var settings = TokenTransformer.Settings()
        (settings.codes, settings.groups, settings.rows, settings.columns) = (7, 2, 2, 3)
        (settings.pieces, settings.prefix, settings.width) = (5, 3, 16)
        (settings.layers, settings.heads, settings.dropout) = (2, 2, 0)
        network = TokenTransformer(settings, using: source, chance: source)
        network.setTraining(false)
    }

    /// Each place's looks sum to 1, and none goes to what comes later.
    @Test func looksGoBack() {
        let prefix = Tensor([0, 1, 2, 3, 4, 5], shape: [2, 3])
        let codes = Tensor.integers([2, 12], below: 7, using: source)
        let looks = network.looks(prefix, codes)
        #expect(looks.shape == [2, 6, 8])
        let sums = looks.sum(over: [2]).doubles()
        #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
        for place in 0..<6 {
            let row = looks.selected(0).selected(place).doubles()
            for other in row.indices {
                // The code at a place is drawn by what stands one before it.
                #expect((row[other] > 0) == (other < 3 + place), "\(place) at \(other)")
            }
        }
        // What is drawn later changes nothing.
        let late = Tensor.concatenated(
            [codes.sliced(0..<10, along: 1), Tensor.zeros([2, 2], dtype: .int64)],
            along: 1
        )
        #expect(network.looks(prefix, late).floats() == looks.floats())
    }
}
