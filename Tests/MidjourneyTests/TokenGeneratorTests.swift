import Adversarial
import Autoregressive
import Foundation
import Midjourney
import Neural
import Runs
import TestSupport
import Testing
import Torch

@Suite struct TokenGeneratorTests {
    private let source = RandomSource(seed: 8)
    private let spec = ImageSpec(height: 16, width: 8, channels: 4, labels: 3)

    private func settings(groups: Int = 1) -> TokenFamily.Settings {
        var settings = TokenFamily.Settings()
        settings.tokenizer.groups = groups
        settings.tokenizer.widths = [8, 8]
        settings.tokenizer.codes = 16
        settings.tokenizer.reviveEvery = 1
        settings.transformer.width = 16
        settings.transformer.layers = 2
        settings.transformer.heads = 2
        settings.discriminator.widths = [4, 8]
        settings.discriminator.dropout = 0
        return settings
    }

    private func generator(groups: Int = 1) -> TokenGenerator {
        TokenGenerator(
            settings(groups: groups),
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
    }

    private func real(_ count: Int) -> LabelledPictures {
        (
            Tensor.uniform([count, 4, 16, 8], from: -1, to: 1, using: source),
            Tensor((0..<count).map { $0 % 3 })
        )
    }

    /// A turn of that generator, as a step makes it.
    private func turn(
        _ generator: TokenGenerator,
        _ real: LabelledPictures,
        _ fakes: LabelledPictures
    ) -> GeneratorTurn {
        let judge = TokenFamily.discriminator(
            settings(),
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        return GeneratorTurn(
            generator: generator,
            discriminator: judge,
            real: real,
            fake: fakes,
            latents: .zeros([4, generator.latentSize]),
            fakeFeatures: judge.features(fakes.pictures, labels: nil),
            realFeatures: { judge.features(real.pictures, labels: nil) },
            images: 1_000_000,
            turn: 0,
            source: source,
            autocast: Autocast(nil)
        )
    }

    @Test func everythingIsLearnedInOneLoss() throws {
        let generator = generator()
        let real = real(4)
        generator.prepareTargets(real)
        let fakes = generator.fakes(.zeros([4, 8]), labels: real.labels, beside: real)
        #expect(fakes.pictures.pictures.shape == real.pictures.shape)
        let auxiliaryLosses = try #require(fakes.auxiliaryLosses)
        let found = auxiliaryLosses(turn(generator, real, fakes.pictures))
        let names = ["psnr", "codebook", "codes_in_use", "perplexity", "features", "nats"]
        #expect(found.figures.map(\.name) == names)
        let slopes = gradients(
            of: found.loss,
            for: generator.parameters.map(\.wrappedValue),
            allowsUnused: true
        )
        let still = zip(generator.members.parameters, slopes).filter { parameter, slope in
            slope.absolute().sum().item() == 0
        }.map(\.0.name)
        // Outputs are zero at first, so that nothing before them moves yet.
        #expect(
            still.allSatisfy { $0.hasPrefix("transformer.") && $0 != "transformer.head.weight" }
        )
    }

    /// The codes' likelihood teaches the transformer alone.
    @Test func likelihoodDoesNotReachTheEncoder() throws {
        let generator = generator()
        let codes = generator.tokenizer.codes(of: real(2).pictures)
        let loss = generator.transformer.loss(generator.transformer.open(2), codes)
        let slopes = gradients(
            of: loss,
            for: generator.tokenizer.parameters.map(\.wrappedValue),
            allowsUnused: true
        )
        #expect(slopes.allSatisfy { $0.absolute().sum().item() == 0 })
    }

    @Test func eachPictureDependsOnItsOwnLatentsAlone() {
        let generator = generator()
        generator.setTraining(false)
        let inputs = Tensor.normal([3, generator.latentSize], using: source)
        let labels = Tensor([0, 1, 2])
        let first = withoutGradients { generator(inputs, labels: labels) }
        #expect(first.shape == [3, 4, 16, 8])
        let other = Tensor.concatenated([
            inputs.sliced(0..<1, along: 0), Tensor.normal([2, 8], using: source),
        ])
        let second = withoutGradients { generator(other, labels: labels) }
        #expect(first.selected(0).floats() == second.selected(0).floats())
        #expect(first.selected(1).floats() != second.selected(1).floats())
    }

    @Test(arguments: [1, 2]) func whatIsVisibleStaysToTheLastBit(_ groups: Int) {
        let generator = generator(groups: groups)
        generator.setTraining(false)
        let real = real(2)
        // The upper half: the first codes of each picture are known.
        let visible = Tensor.concatenated(
            [.ones([2, 1, 8, 8]), .zeros([2, 1, 8, 8])],
            along: 2
        )
        let chances = Tensor.uniform([2, 3, 8 * groups], using: source)
        let filled = generator.infilled(
            real.pictures,
            visible: visible,
            GuidedCondition(generator.transformer.open(2)),
            by: chances
        )
        let isKnown = visible.expanded(filled.shape).isGreater(than: 0.5)
        #expect(filled.masked(isKnown).floats() == real.pictures.masked(isKnown).floats())
        let below = filled.sliced(8..<16, along: 2)
        #expect(below.floats() != real.pictures.sliced(8..<16, along: 2).floats())
    }

    @Test func marksAreThoseOfCodesAndPictures() throws {
        let generator = generator()
        generator.setTraining(false)
        let real = real(4)
        let marks = Dictionary(
            uniqueKeysWithValues: generator.validationMetrics(real).map { ($0, $1) }
        )
        // Every code is as likely at first.
        #expect(abs(try #require(marks["Evaluation/nats_per_code"]) - 2.772_588_7) < 1e-4)
        let restored = generator.pictures(generator.tokenizer.codes(of: real.pictures))
        let errors = (restored - real.pictures).squared().mean(over: [1, 2, 3]).doubles()
        let decibels = errors.map { -10 * log10($0 / 4) }.reduce(0, +) / 4
        #expect(abs(try #require(marks["Evaluation/psnr"]) - decibels) < 1e-3)
    }

    @Test func contradictionsAreRefusedWithTheReason() {
        func refuses(_ changes: [String], _ path: String) {
            #expect {
                try Recipe.load("midjourney", overrides: changes, catalog: .midjourney)
            } throws: { error in
                "\(error)".contains(path)
            }
        }
        refuses(["objective.step=alternating"], "objective.step")
        refuses(["objective.augmentations={ada: {}}"], "objective.augmentations")
        refuses(["refiner={family: gated-pixelcnn}"], "refiner")
        refuses(["data.size=[60, 64]"], "model.tokenizer.widths")
        refuses(["model.transformer.heads=3"], "model.transformer.heads")
        refuses(["model.text={pieces: 100}", "model.conditional=false"], "model.text.pieces")
    }
}
