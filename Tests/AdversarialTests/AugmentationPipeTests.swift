import Adversarial
import Neural
import Runs
import Settings
import TestSupport
import Testing
import Torch

/// The pipe against the original program's, and the rule that sets its probability.
@Suite struct AugmentationPipeTests {
    private static let names: [(PipeStep, String)] = [
        (.flip, "xflip"), (.quarterTurns, "rotate90"), (.wholeShift, "xint"), (.scale, "scale"),
        (.turnBefore, "rotate-before"), (.stretch, "aniso"), (.turnAfter, "rotate-after"),
        (.shift, "xfrac"), (.brightness, "brightness"), (.contrast, "contrast"),
        (.lightFlip, "lumaflip"), (.hue, "hue"), (.saturation, "saturation"),
    ]

    @Test func drawnAugmentationsAreThoseOfTheOriginal() throws {
        let found = try FixtureCase.named("stylegan2-ada-pipe-drawn", in: "official-networks")
        let images = found.tensor("images", as: .float64)
        var draws = [PipeDraw](repeating: PipeDraw(), count: 3)
        for (step, name) in Self.names {
            let value = found.tensor("draw/\(name)/value")
            let chosen = found.tensor("draw/\(name)/chosen").doubles()
            let isTurn = step == .turnBefore || step == .turnAfter
            let share = isTurn ? 1 - 0.25.squareRoot() : 0.75
            for index in 0..<3 where chosen[index] < share {
                draws[index].values[step] = value.selected(index).doubles()
            }
        }
        let changed = AugmentationPipe()(images, draws)
        #expect(mismatch(changed, found.tensor("output"), tolerance: 1e-5) == nil)
    }

    /// The original's way to fix every number by one percentile.
    @Test(arguments: [
        ("out-30", 0.3), ("out-70", 0.7), ("blit-70", 0.7), ("geom-70", 0.7), ("color-70", 0.7),
    ])
    func fixedPercentilesAreThoseOfTheOriginal(_ name: String, _ percentile: Double) throws {
        let found = try FixtureCase.named("stylegan2-ada-pipe", in: "official-networks")
        let normal = Tensor(2 * percentile - 1, dtype: .float64).inverseErrorFunction().item()
        let blit: Set<PipeStep> = [.flip, .quarterTurns, .wholeShift]
        let geometry: Set<PipeStep> = [.scale, .turnBefore, .stretch, .turnAfter, .shift]
        var draw = PipeDraw()
        for (step, _) in Self.names {
            let group = blit.contains(step) ? "blit" : geometry.contains(step) ? "geom" : "color"
            guard name.hasPrefix("out") || name.hasPrefix(group) else { continue }
            switch step {
            case .turnAfter: draw.values[step] = [0.5]
            case .wholeShift: draw.values[step] = [percentile, percentile]
            case .shift: draw.values[step] = [normal, normal]
            case .scale, .stretch, .brightness, .contrast, .saturation:
                draw.values[step] = [normal]
            default: draw.values[step] = [percentile]
            }
        }
        let images = found.tensor("images", as: .float64)
        let changed = AugmentationPipe()(images, [PipeDraw](repeating: draw, count: 3))
        #expect(mismatch(changed, found.tensor(name), tolerance: 1e-5) == nil)
    }

    private let spec = ImageSpec(height: 8, width: 8, channels: 3)
    private let source = RandomSource(seed: 3)

    private func judge() -> any Discriminator {
        LinearDiscriminator(.normal([1, 3, 8, 8], using: source))
    }

    @Test func withoutProbabilityNothingChanges() {
        let pictures = Tensor.normal([4, 3, 8, 8], using: source)
        let ada = AdaptiveAugmentation(.init(), for: spec)
        // A checkpoint may say anything of what was seen.
        for value in [Double.nan, .infinity, -.infinity] {
            let other = AdaptiveAugmentation(.init(), for: spec)
            other.seen = Tensor([value, value, value])
            other.observe(real: .ones([4]), count: 4)
            #expect(other.probability.count == 1)
        }
        let same = ada(pictures, seenBy: judge(), images: 0, using: source)
        #expect(same.floats() == pictures.floats())
    }

    @Test func theProbabilityFollowsTheSigns() {
        var settings = AdaptiveAugmentation.Settings()
        settings.speedImages = 1000
        settings.interval = 2
        settings.upperBound = 0.1
        let ada = AdaptiveAugmentation(settings, for: spec)
        let sure = Tensor.ones([16])
        ada.observe(real: sure, count: 16)
        #expect(ada.probability.item() == 0)
        ada.observe(real: sure, count: 16)
        // 32 logits of 1,000 images for the whole way.
        #expect(abs(ada.probability.item() - 0.032) < 1e-12)
        #expect(ada.sign.item() == 1)
        for _ in 0..<20 { ada.observe(real: sure, count: 16) }
        #expect(ada.probability.item() == 0.1)
        #expect(ada.figures.first { $0.name == "saturated" }?.value == 1)
        for _ in 0..<2 { ada.observe(real: -sure, count: 16) }
        #expect(abs(ada.probability.item() - 0.068) < 1e-12)
        for _ in 0..<20 { ada.observe(real: -sure, count: 16) }
        #expect(ada.probability.item() == 0)
    }

    /// As many drawings as the share says stand among real pictures, each with its own label, once the signs ask for them.
    @Test func drawingsAreShownAsReal() {
        var settings = PseudoAugmentation.Settings()
        (settings.speedImages, settings.interval) = (1000, 1)
        let apa = PseudoAugmentation(settings, for: spec)
        let count = 400
        let real = (
            pictures: Tensor.ones([count, 3, 8, 8]),
            labels: Tensor([Int](repeating: 1, count: count))
        )
        let drawn = (pictures: -real.pictures, labels: real.labels + 1)
        func shown() -> (pictures: [Double], labels: [Double]) {
            let found = apa.shownAsReal(
                (real.pictures, real.labels),
                among: (drawn.pictures, drawn.labels),
                using: source
            )
            #expect(found.pictures.shape == real.pictures.shape)
            return (
                found.pictures.mean(over: [1, 2, 3]).doubles(),
                found.labels?.converted(to: .float64).doubles() ?? []
            )
        }
        #expect(shown().pictures.allSatisfy { $0 == 1 })
        apa.observe(real: .ones([300]), count: 300)
        let found = shown()
        let share = Double(found.pictures.count { $0 == -1 }) / Double(count)
        #expect(abs(share - 0.3) < 0.07, "\(share)")
        #expect(
            zip(found.pictures, found.labels).allSatisfy { $0 == 1 ? $1 == 1 : $0 == -1 && $1 == 2 }
        )
        let unlabelled = apa.shownAsReal(
            (real.pictures, nil),
            among: (drawn.pictures, nil),
            using: source
        )
        #expect(unlabelled.labels == nil)
        // Pictures go to the discriminator as they are.
        let same = apa(real.pictures, seenBy: judge(), images: 0, using: source)
        #expect(same.floats() == real.pictures.floats())
    }

    @Test func aScheduledProbabilityIsAsItSays() {
        var settings = AdaptiveAugmentation.Settings()
        settings.target = 0
        settings.probability = Scheduled(from: 0, to: 0.5, overImages: 100)
        let ada = AdaptiveAugmentation(settings, for: spec)
        let pictures = Tensor.normal([4, 3, 8, 8], using: source)
        _ = ada(pictures, seenBy: judge(), images: 50, using: source)
        #expect(ada.probability.item() == 0.25)
        ada.observe(real: .ones([4]), count: 4)
        #expect(ada.probability.item() == 0.25)
    }

    @Test func derivativesPassThroughThePipeTwice() {
        var draw = PipeDraw()
        draw.values = [
            .scale: [0.3], .turnBefore: [0.6], .hue: [0.4], .contrast: [0.2], .fineBand: [0.5],
        ]
        let pictures = Tensor.normal([1, 3, 4, 4], dtype: .float64, using: source)
        let found = GradientCheck().mismatch(at: [pictures]) {
            AugmentationPipe()($0[0], [draw]).squared()
        }
        #expect(found == nil)
    }

    /// The bands add up to the picture; even light is all in the coarsest one.
    @Test func bandsAreFiltered() {
        let pictures = Tensor.normal([2, 3, 12, 50], dtype: .float64, using: source)
        func changed(_ pictures: Tensor, _ values: [PipeStep: [Double]]) -> Tensor {
            var draw = PipeDraw()
            draw.values = values
            return AugmentationPipe()(pictures, [draw, PipeDraw()])
        }
        let same = changed(pictures, [.coarseBand: [0], .finestBand: [0]])
        #expect(mismatch(same, pictures, tolerance: 1e-12) == nil)
        let even = Tensor.full([2, 3, 12, 50], 0.4, dtype: .float64)
        // Twice the coarsest band, at the power of a natural picture: √((10·4 + 3) / 13).
        let stronger = changed(even, [.coarseBand: [1]])
        let gain = 2 / (43.0 / 13).squareRoot()
        let first = stronger.selected(0)
        #expect(mismatch(first, even.selected(0) * (gain * gain), tolerance: 1e-12) == nil)
        #expect(mismatch(stronger.selected(1), even.selected(1), tolerance: 1e-12) == nil)
        // The finest pattern is all in the finest band.
        let columns = (0..<50).map { $0.isMultiple(of: 2) ? 0.5 : -0.5 }
        let stripes = Tensor(columns).reshaped([1, 1, 1, 50]).expanded([2, 3, 12, 50])
        let weaker = changed(stripes, [.finestBand: [-40]]).selected(0)
        #expect(weaker.absolute().max().item() < 1e-9)
    }

    @Test(arguments: [1, 3, 4]) func noiseKeepsTransparency(_ channels: Int) {
        var settings = AdaptiveAugmentation.Settings()
        settings.target = 0
        settings.probability = 1
        (settings.flip, settings.quarterTurns) = (false, false)
        (settings.geometry, settings.colour) = (false, false)
        settings.noise = true
        let ada = AdaptiveAugmentation(
            settings,
            for: ImageSpec(height: 8, width: 8, channels: channels)
        )
        let pictures = Tensor.full([64, channels, 8, 8], -1, dtype: .float64)
        let change = ada(pictures, seenBy: judge(), images: 0, using: source) - pictures
        // Empty pictures stay so; on others the variance is 0.1² on average.
        let expected = channels == 4 ? 0 : 0.01
        #expect(abs(change.squared().mean().item() - expected) < 0.006)
    }

    @Test(arguments: [1, 2, 4]) func otherChannelsAreKept(_ channels: Int) {
        var draw = PipeDraw()
        draw.values = [.brightness: [0.7], .contrast: [0.5], .hue: [0.3], .saturation: [0.4]]
        let pictures = Tensor.uniform([2, channels, 4, 4], from: -1, to: 1, using: source)
        let changed = AugmentationPipe()(pictures, [draw, draw])
        #expect(changed.shape == pictures.shape)
        guard channels.isMultiple(of: 2) else { return }
        let last = channels - 1..<channels
        let cover = pictures.sliced(last, along: 1)
        #expect(mismatch(changed.sliced(last, along: 1), cover, tolerance: 1e-6) == nil)
        // Where nothing is, colours change nothing: transparent stays transparent and black.
        let empty = Tensor.full([1, channels, 4, 4], -1)
        #expect(mismatch(AugmentationPipe()(empty, [draw]), empty, tolerance: 1e-6) == nil)
    }
}
