import Adversarial
import Midjourney
import Neural
import TestSupport
import Testing
import Torch

@Suite struct RepairGeneratorTests {
    private let source = RandomSource(seed: 4)

    private func generator(factor: Int) -> RepairGenerator {
        var settings = RepairFamily.Settings()
        (settings.factor, settings.widths, settings.blocks) = (factor, [12, 16], 1)
        settings.damage.grey = 1
        return RepairGenerator(
            settings,
            for: ImageSpec(height: 8 * factor, width: 16 * factor, channels: 3),
            using: NetworkStreams(weights: source, chance: source)
        )
    }

    /// A disc of a random colour on black, at a random place.
    private func discs(_ count: Int, _ height: Int, _ width: Int) -> Tensor {
        func numbers(_ from: Double, _ to: Double, _ channels: Int = 1) -> Tensor {
            .uniform([count, channels, 1, 1], from: from, to: to, using: source)
        }
        let rows = Tensor.range(to: height).converted(to: .float32).reshaped([1, 1, height, 1])
        let columns = Tensor.range(to: width).converted(to: .float32).reshaped([1, 1, 1, width])
        let scale = Double(height)
        let distance =
            (rows - numbers(0.3, 0.7) * scale).squared()
            + (columns - numbers(0.3, 1.7) * scale).squared()
        let inside = distance.isLess(than: 0.09 * scale * scale).converted(to: .float32)
        return inside * (numbers(0, 1, 3) + 1) - 1
    }

    /// At first nothing is added; sides that the maps divide are enough.
    @Test(arguments: [1, 2, 4]) func picturesStayOrGrow(_ factor: Int) {
        let generator = generator(factor: factor)
        let pictures = Tensor.uniform([2, 3, 12, 20], from: -1, to: 1, using: source)
        let made = generator.repaired(pictures)
        #expect(made.shape == [2, 3, 12 * factor, 20 * factor])
        #expect(
            mismatch(made, generator.enlarged(pictures).clamped(from: -1, to: 1), tolerance: 0.1)
                == nil
        )
        #expect(
            generator.examples(
                .zeros([1, 1]),
                labels: nil,
                beside: (discs(1, 8 * factor, 16 * factor), nil)
            ).shape[0]
                == 1
        )
        #expect(generator(.zeros([3, 1]), labels: nil).shape == [3, 3, 8 * factor, 16 * factor])
    }

    /// A few steps bring repaired pictures nearer than those that were damaged.
    @Test(arguments: [1, 2]) func repairsAreLearned(_ factor: Int) throws {
        let generator = generator(factor: factor)
        let judge = RepairFamily.discriminator(
            RepairFamily.Settings(),
            for: ImageSpec(height: 8 * factor, width: 16 * factor, channels: 3),
            using: NetworkStreams(weights: source, chance: source)
        )
        for images in 0..<150 {
            let real: LabelledPictures = (discs(16, 8 * factor, 16 * factor), nil)
            let fakes = generator.fakes(.zeros([16, 1]), labels: nil, beside: real)
            let turn = GeneratorTurn(
                generator: generator,
                discriminator: judge,
                real: real,
                fake: fakes.pictures,
                latents: .zeros([16, 1]),
                fakeFeatures: judge.features(fakes.pictures.pictures, labels: nil),
                realFeatures: { judge.features(real.pictures, labels: nil) },
                images: images,
                turn: images,
                source: source,
                autocast: Autocast(nil)
            )
            let auxiliaryLosses = try #require(fakes.auxiliaryLosses)
            let loss = auxiliaryLosses(turn)
            #expect(loss.figures.map(\.name) == ["psnr", "features"])
            // Steps of one length, whatever the slopes.
            let slopes = gradients(
                of: loss.loss,
                for: generator.parameters.map(\.wrappedValue)
            )
            withoutGradients {
                for (parameter, slope) in zip(generator.parameters, slopes) {
                    let length = slope.squared().mean().squareRoot() + 1e-12
                    let step = slope / length * (2e-3 * (1 - Double(images) / 150))
                    parameter.wrappedValue = (parameter.wrappedValue - step).requiringGradient()
                }
            }
        }
        generator.setTraining(false)
        let marks = withoutGradients {
            Dictionary(
                uniqueKeysWithValues: generator.validationMetrics(
                    (discs(64, 8 * factor, 16 * factor), nil)
                )
                .map { ($0, $1) }
            )
        }
        let before = try #require(marks["Evaluation/psnr_before"])
        let after = try #require(marks["Evaluation/psnr"])
        #expect(after > before + 1)
    }

    /// Pictures made from codes are met as often as the settings say, once there is what makes them.
    @Test func codesAreADamage() {
        var settings = RepairFamily.Settings()
        (settings.factor, settings.widths, settings.blocks) = (2, [4], 1)
        settings.damage = Damage.Shares.each[0].shares
        (settings.damage.noise, settings.damage.codes) = (0, 1)
        let generator = RepairGenerator(
            settings,
            for: ImageSpec(height: 16, width: 16, channels: 3),
            using: NetworkStreams(weights: source, chance: source)
        )
        let pictures = discs(4, 16, 16)
        let small = pictures.adaptiveAveragePooled(size: [8, 8])
        func seen() -> [Float] {
            generator.damaged(pictures, using: RandomSource(seed: 1)).pictures.floats()
        }
        #expect(settings.learnsFromCodes && seen() == small.floats())
        generator.learn { ($0 * 0.5).clamped(from: -1, to: 1) }
        #expect(seen() == (small * 0.5).floats())
    }

    @Test func whatIsVisibleStaysToTheLastBit() {
        let generator = generator(factor: 1)
        let pictures = discs(2, 8, 16)
        let visible = Damage.visible(like: pictures, using: source)
        let filled = generator.restored(pictures, visible: visible, labels: nil, using: source)
        let isKnown = visible.expanded(filled.shape).isGreater(than: 0.5)
        #expect(filled.masked(isKnown).floats() == pictures.masked(isKnown).floats())
    }

    /// Each damage does what its name says.
    @Test func damagesAreWhatTheyAreCalled() {
        let pictures = discs(6, 16, 16)
        let found = Dictionary(
            uniqueKeysWithValues: Damage.Shares.each.map { name, shares in
                (name, Damage(shares).seen(of: pictures, using: RandomSource(seed: 2)))
            }
        )
        #expect(found.count == 5)
        for (name, seen) in found {
            #expect(mismatch(seen.pictures, pictures, tolerance: 1e-3) != nil, "\(name)")
            #expect((seen.visible.min().item() == 0) == (name == "hole"), "\(name)")
        }
        let grey = found["grey"]?.pictures.floats() ?? []
        let plane = 16 * 16
        #expect((0..<plane).allSatisfy { grey[$0] == grey[plane + $0] })
    }
}
