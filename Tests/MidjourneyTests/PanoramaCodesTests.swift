import Adversarial
import Autoregressive
import Midjourney
import Neural
import TestSupport
import Testing
import Torch

/// Codes of pictures all around.
@Suite struct PanoramaCodesTests {
    /// Every column is drawn once, after those that it follows, and the last window knows both of its sides.
    @Test(arguments: [
        (16, 32), (24, 48), (4, 8), (3, 6), (2, 4), (1, 2), (16, 16), (8, 40), (5, 11),
    ])
    func windowsCoverTheStrip(width: Int, total: Int) throws {
        let windows = CodeStrip.windows(width: width, total: total)
        var filled = Set(0..<width)
        for (number, window) in windows.enumerated() {
            let hidden = Set(window.hidden.map { ($0 + total) % total })
            let shown = Set((window.start..<window.start + width).map { ($0 + total) % total })
            #expect(hidden.isSubset(of: shown), "\(window)")
            let known = shown.subtracting(hidden)
            #expect(known.isSubset(of: filled))
            if width < total { #expect(hidden.isDisjoint(with: filled)) }
            if number == windows.count - 1, width >= 4 {
                #expect(known.contains((window.hidden.lowerBound - 1 + total) % total))
                #expect(known.contains(window.hidden.upperBound % total))
            }
            filled.formUnion(hidden)
        }
        #expect(filled.count == total)
        #expect(windows[windows.count - 1].hidden.contains(total - 1))
    }

    /// Codes come back where they were taken from, over the joint, too.
    @Test func partsComeBack() {
        let (rows, width, groups, total) = (2, 4, 3, 8)
        let picture = Array(0..<rows * width * groups)
        var strip = CodeStrip(picture, rows: rows, width: width, total: total)
        let first = CodeStrip.Window(start: 2, hidden: 4..<6)
        let part = strip.part(first, width: width, groups: groups)
        #expect(
            part.codes == [6, 7, 8, 9, 10, 11] + [0, 0, 0, 0, 0, 0] + [18, 19, 20, 21, 22, 23] + [
                0, 0, 0, 0, 0, 0,
            ]
        )
        #expect(part.isKnown == (0..<24).map { $0 % 12 < 6 })
        strip.take(Array(100..<124), of: first, width: width, groups: groups)
        let joint = CodeStrip.Window(start: 5, hidden: 6..<8)
        let known = strip.part(joint, width: width, groups: groups)
        #expect(known.isKnown == (0..<24).map { [0, 3].contains($0 % 12 / 3) })
        #expect(Array(known.codes[0..<3]) == [109, 110, 111])
        #expect(Array(known.codes[9..<12]) == [0, 1, 2])
        #expect(Array(strip.codes(groups: groups)[0..<12]) == Array(0..<12))
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
            for: Subject(height: height, width: width, channels: 4, labels: 3),
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
        // As many columns as the rim has, so that each counts as often in norms over the map.
        let columns = network.tokenizer.settings.reach
        let codes = Tensor.integers([1, 2 * columns * 2], below: 16, using: RandomSource(seed: 2))
        let picture = network.cylinder(codes, columns: columns)
        #expect(picture.shape == [1, 4, 8, 4 * columns])
        let turned = codes.reshaped([1, 2, columns, 2]).rolled(by: 3, along: 2).reshaped([1, -1])
        let expected = picture.rolled(by: 12, along: 3)
        #expect(
            mismatch(network.cylinder(turned, columns: columns), expected, tolerance: 1e-3) == nil
        )
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
            let found = network.panorama(from: picture, TokenWish(network.transformer.open(1))) {
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
