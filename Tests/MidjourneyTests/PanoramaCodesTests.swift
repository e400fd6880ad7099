import Adversarial
import Autoregressive
import Midjourney
import Neural
import TestSupport
import Testing
import Torch

/// Codes of pictures all around.
@Suite struct PanoramaCodesTests {
    /// Every column is drawn once, after those that it follows.
    @Test(arguments: [
        (16, 36), (24, 54), (4, 9), (3, 7), (2, 5), (1, 3), (16, 20), (8, 42), (5, 12),
    ])
    func windowsCoverTheStrip(width: Int, total: Int) throws {
        var filled = Set(0..<width)
        for window in CodeStrip.windows(width: width, total: total) {
            let shown = Set(window.start..<window.start + width)
            #expect(shown.isSuperset(of: window.hidden) && filled.isDisjoint(with: window.hidden))
            let known = shown.subtracting(window.hidden)
            #expect(known.isSubset(of: filled) && known.count >= width / 4)
            filled.formUnion(window.hidden)
        }
        #expect(filled == Set(0..<total))
    }

    /// Codes come back where they were taken from.
    @Test func partsComeBack() {
        let (rows, width, groups, total) = (2, 4, 3, 8)
        let picture = Array(0..<rows * width * groups)
        var strip = CodeStrip(picture, rows: rows, width: width, total: total)
        let first = CodeStrip.Window(start: 2, hidden: 4..<6)
        let part = strip.part(first, width: width, groups: groups)
        let none = [Int](repeating: 0, count: 6)
        #expect(part.codes == Array(6..<12) + none + Array(18..<24) + none)
        #expect(part.isKnown == (0..<24).map { $0 % 12 < 6 })
        strip.take(Array(100..<124), of: first, width: width, groups: groups)
        let next = strip.part(
            CodeStrip.Window(start: 4, hidden: 6..<8),
            width: width,
            groups: groups
        )
        #expect(next.codes == Array(106..<112) + none + Array(118..<124) + none)
        let all = strip.codes(groups: groups)
        #expect(
            all == Array(0..<12) + Array(106..<112) + none + Array(12..<24) + Array(118..<124)
                + none
        )
    }

    private func generator(height: Int, width: Int, blocks: Int = 1) -> TokenGenerator {
        var settings = TokenFamily.Settings()
        settings.tokenizer.groups = 2
        settings.tokenizer.widths = [8, 8]
        settings.tokenizer.codes = 16
        settings.tokenizer.blocks = blocks
        settings.transformer.width = 16
        settings.transformer.layers = 1
        settings.transformer.heads = 2
        let source = RandomSource(seed: 8)
        let network = TokenGenerator(
            settings,
            for: ImageSpec(height: height, width: width, channels: 4, labels: 3),
            using: NetworkStreams(weights: source, chance: source)
        )
        for parameter in network.parameters {
            let shape = parameter.wrappedValue.shape
            parameter.wrappedValue = .normal(shape, deviation: 0.3, using: source)
        }
        network.setTraining(false)
        return network
    }

    /// Codes that were turned give the turned picture: the decoder sees no edge.
    @Test(arguments: [1, 2]) func aCylinderHasNoSeam(blocks: Int) {
        let network = generator(height: 8, width: 8, blocks: blocks)
        let columns = 7
        let codes = Tensor.integers([1, 2 * columns * 2], below: 16, using: RandomSource(seed: 2))
        let picture = network.cylinder(codes, columns: columns)
        #expect(picture.shape == [1, 4, 8, 4 * columns])
        let turned = codes.reshaped([1, 2, columns, 2]).rolled(by: 3, along: 2).reshaped([1, -1])
        let expected = picture.rolled(by: 12, along: 3)
        #expect(
            mismatch(network.cylinder(turned, columns: columns), expected, tolerance: 1e-4) == nil
        )
        // Afterwards pictures are flat again.
        let flat = Tensor.integers([1, 8], below: 16, using: RandomSource(seed: 3))
        let again = network.pictures(
            flat.reshaped([1, 2, 2, 2]).rolled(by: 1, along: 2).reshaped([1, -1])
        )
        #expect(
            mismatch(again, network.pictures(flat).rolled(by: 4, along: 3), tolerance: 1e-3) != nil
        )
    }

    /// Columns beyond a whole turn take the place of the first ones, ever less: the edge goes on from the right one.
    @Test func whatGoesBeyondFadesIntoTheBeginning() {
        let network = generator(height: 8, width: 8)
        let codes = Tensor.integers([1, 2 * 10 * 2], below: 16, using: RandomSource(seed: 2))
        let own = codes.reshaped([1, 2, 10, 2]).sliced(0..<8, along: 2)
        let picture = network.cylinder(codes, columns: 8)
        #expect(picture.shape == [1, 4, 8, 32])
        let same = Tensor.concatenated([own, own.sliced(0..<2, along: 2)], along: 2)
        let plain = network.cylinder(own.reshaped([1, -1]), columns: 8)
        #expect(
            mismatch(network.cylinder(same.reshaped([1, -1]), columns: 8), plain, tolerance: 1e-5)
                == nil
        )
        #expect(mismatch(picture, plain, tolerance: 1e-3) != nil)
    }

    @Test(arguments: [(8, 8, 16), (16, 8, 32), (8, 24, 24)])
    func panoramasAreTwiceAsWideAsHigh(height: Int, width: Int, expected: Int) {
        let network = generator(height: height, width: width)
        let picture = Tensor.uniform(
            [1, 4, height, width],
            from: -1,
            to: 1,
            using: RandomSource(seed: 3)
        )
        func drawn(_ seed: UInt64) -> (panorama: Tensor, windows: [Int]) {
            var windows: [Int] = []
            let found = network.panorama(
                from: picture,
                GuidedCondition(network.transformer.open(1))
            ) {
                windows.append($0)
                return .uniform(
                    [1, 3, network.latentSize],
                    using: RandomSource(seed: seed + UInt64($0))
                )
            }
            return (found, windows)
        }
        let (panorama, windows) = drawn(1)
        #expect(panorama.shape == [1, 4, height, expected])
        #expect(windows == Array(1...windows.count))
        #expect(mismatch(drawn(1).panorama, panorama, tolerance: 0) == nil)
        #expect(mismatch(drawn(9).panorama, panorama, tolerance: 1e-3) != nil)
    }
}
