import Autoregressive
import Neural
import TestSupport
import Testing
import Torch

@Suite struct PixelModelTests {
    private let source = RandomSource(seed: 5)

    private func trunk(_ spec: PixelSpec, isPlus: Bool = false) -> any PixelTrunk {
        if isPlus {
            var settings = PixelCNNPlus.Settings()
            (settings.width, settings.blocks) = (12, 1)
            let network = PixelCNNPlus(settings, for: spec, using: source)
            enlarge(network)
            return network
        }
        var settings = GatedPixelCNN.Settings()
        (settings.width, settings.layers, settings.firstKernel) = (12, 3, 5)
        return GatedPixelCNN(settings, for: spec, using: source)
    }

    private func condition(_ spec: PixelSpec, _ count: Int) -> PixelCondition {
        PixelCondition(
            classes: spec.classes > 0 ? Tensor((0..<count).map { $0 % spec.classes }) : nil,
            draft: spec.draftChannels > 0
                ? .uniform([count, spec.draftChannels, 8, 12], from: -1, to: 1, using: source)
                : nil
        )
    }

    private static let subjects = [
        PixelSpec(channels: 1),
        PixelSpec(channels: 3, classes: 4),
        PixelSpec(channels: 4, classes: 2, draftChannels: 4),
    ]

    /// The derivative of a pixel's features by all numbers of the picture.
    @Test(arguments: subjects, [false, true])
    func noPixelSeesItselfOrWhatFollows(_ spec: PixelSpec, _ isPlus: Bool) {
        let network = trunk(spec, isPlus: isPlus)
        let pictures = Tensor.normal([1, spec.channels, 8, 12], using: source)
            .requiringGradient()
        let features = network(pictures, condition(spec, 1))
        for (row, column) in [(0, 0), (0, 3), (2, 0), (2, 4), (5, 7), (7, 11)] {
            let pixel = features.selected(row, along: 2).selected(column, along: 2).sum()
            let slopes = gradients(of: pixel, for: [pictures], keepsGraph: true)[0]
                .absolute().sum(over: [0, 1]).floats()
            let place = row * 12 + column
            #expect(slopes[place...].allSatisfy { $0 == 0 }, "\(slopes)")
            // The pixel to the left and the one above count.
            if column > 0 { #expect(slopes[place - 1] > 0) }
            if row > 0 { #expect(slopes[place - 12] > 0) }
        }
    }

    /// Channels of a pixel see those before them, and of other pixels all.
    @Test(arguments: [false, true]) func channelsHaveTheirOrder(_ isMixture: Bool) {
        let spec = PixelSpec(channels: 3)
        let head: any PixelHead =
            isMixture
            ? LogisticMixtureHead(features: 12, channels: 3, mixtures: 3, using: source)
            : CategoricalHead(features: 12, channels: 3, using: source)
        enlarge(head)
        let model = PixelModel(trunk(spec), head, for: spec)
        let pictures = Tensor.uniform([1, 3, 2, 2], from: -1, to: 0, using: source)
        let before = model.expectation(given: pictures, .open).floats()
        func place(_ channel: Int, _ pixel: Int) -> Int { channel * 4 + pixel }
        for pixel in 0..<4 {
            for channel in 0..<3 {
                var change = [Float](repeating: 0, count: 12)
                change[place(channel, pixel)] = 0.8
                let after = model.expectation(
                    given: pictures + Tensor(change, shape: [1, 3, 2, 2]),
                    .open
                ).floats()
                for otherPixel in 0..<4 {
                    for other in 0..<3 {
                        let index = place(other, otherPixel)
                        let mayChange =
                            otherPixel > pixel || otherPixel == pixel && other > channel
                        let changed = abs(after[index] - before[index]) > 1e-6
                        if !mayChange { #expect(!changed) }
                        if otherPixel == pixel, other == channel + 1 { #expect(changed) }
                    }
                }
            }
        }
    }

    /// Weights so large that everything counts.
    private func enlarge(_ module: Module) {
        for parameter in module.parameters {
            parameter.wrappedValue = Tensor.normal(
                parameter.wrappedValue.shape,
                deviation: 0.15,
                using: source
            )
        }
    }

    @Test(arguments: subjects, [false, true])
    func whatIsKeptIsWhatAWholePassFinds(_ spec: PixelSpec, _ isPlus: Bool) {
        let network = trunk(spec, isPlus: isPlus)
        let pictures = Tensor.normal([2, spec.channels, 8, 12], using: source)
        let condition = condition(spec, 2)
        let whole = network(pictures, condition)
        let walk = network.walk(count: 2, rows: 8, columns: 12, condition)
        for row in 0..<8 {
            walk.beginRow()
            for column in 0..<12 {
                func here(_ tensor: Tensor) -> Tensor {
                    tensor.sliced(row..<row + 1, along: 2)
                        .sliced(column..<column + 1, along: 3)
                }
                #expect(mismatch(walk.features(), here(whole), tolerance: 1e-5) == nil)
                walk.append(here(pictures))
            }
        }
    }

    @Test func drawsAreThoseOfWholePasses() {
        let spec = PixelSpec(channels: 3, classes: 4)
        let head = CategoricalHead(features: 12, channels: 3, using: source)
        let model = PixelModel(trunk(spec), head, for: spec)
        let drawn = [true, false].map {
            model.draw(
                by: .uniform([2, 96 * model.chances], using: RandomSource(seed: 9)),
                rows: 8,
                columns: 12,
                condition(spec, 2),
                isCached: $0
            )
        }
        #expect(drawn[0].shape == [2, 3, 8, 12])
        #expect(drawn[0].floats() == drawn[1].floats())
        let levels = ((drawn[0] + 1) * 127.5).floats()
        #expect(levels.allSatisfy { abs($0 - $0.rounded()) < 1e-3 && $0 >= 0 && $0 <= 255 })
    }

    @Test func knownPixelsStayToTheLastBit() {
        let spec = PixelSpec(channels: 1, draftChannels: 1)
        let head = LogisticMixtureHead(features: 12, channels: 1, using: source)
        let model = PixelModel(trunk(spec), head, for: spec)
        let pictures = Tensor.uniform([2, 1, 8, 12], from: -1, to: 1, using: source)
        let mask = Tensor.bernoulli([2, 1, 8, 12], probability: 0.5, using: source)
        let drawn = model.draw(
            by: .uniform([2, 96 * model.chances], using: source),
            rows: 8,
            columns: 12,
            PixelCondition(draft: pictures * mask),
            known: (pictures, mask)
        )
        let isKnown = mask.isGreater(than: 0.5)
        #expect(drawn.masked(isKnown).floats() == pictures.masked(isKnown).floats())
        let other = isKnown.logicalNot()
        #expect(drawn.masked(other).floats() != pictures.masked(other).floats())
    }

    @Test func withoutADraftItsNumbersDoNotCount() {
        let spec = PixelSpec(channels: 1, draftChannels: 1)
        let network = trunk(spec)
        let pictures = Tensor.normal([2, 1, 8, 12], using: source)
        let draft = Tensor.normal([2, 1, 8, 12], using: source)
        let open = network(pictures, .open)
        let ignored = network(
            pictures,
            PixelCondition(draft: draft, follows: Tensor([0, 1] as [Float]))
        )
        #expect(mismatch(ignored.selected(0), open.selected(0), tolerance: 1e-6) == nil)
        #expect(mismatch(ignored.selected(1), open.selected(1), tolerance: 1e-3) != nil)
    }
}
