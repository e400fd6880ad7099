import Adversarial
import Autoregressive
import Midjourney
import Neural
import Runs
import Settings
import TestSupport
import Testing
import Torch

@Suite struct RefinedGeneratorTests {
    private let source = RandomSource(seed: 4)
    private let spec = ImageSpec(height: 8, width: 8, channels: 1, labels: 3)

    private func generator(
        _ head: String = "levels",
        judged: Double = 1,
        coarse: Int = 1
    ) throws -> RefinedGenerator {
        let settings = Recipe.Refiner(
            family: "gated-pixelcnn",
            likelihood: 1,
            nullDrafts: 0.25,
            judged: judged,
            coarse: coarse,
            settings: try settings(head)
        )
        let family = try #require(ModelFamily.registry["mlp"])
        let drafter = family.generator(
            SettingCoding.tree(small()),
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        return RefinedGenerator(
            drafter,
            settings,
            for: spec,
            distribution: .normal,
            using: source
        )
    }

    private func small() -> MLPGAN.Settings {
        var settings = MLPGAN.Settings()
        settings.latent = 5
        settings.generatorWidths = [16]
        return settings
    }

    private func settings(_ head: String) throws -> SettingValue {
        var settings = GatedPixelCNNFamily.Settings()
        settings.width = 6
        settings.layers = 2
        settings.firstKernel = 3
        settings.head = try #require(PixelHeadKind(rawValue: head))
        return SettingCoding.tree(settings)
    }

    private func latents(_ generator: RefinedGenerator, _ count: Int) -> Tensor {
        .normal([count, generator.latentSize], using: source)
    }

    @Test func fakesAreDraftsAndWhatIsExpectedOfThem() throws {
        let generator = try generator()
        let labels = Tensor([0, 1, 2])
        let inputs = latents(generator, 3)
        let fakes = generator.fakes(
            inputs,
            labels: labels,
            beside: (.zeros([3, 1, 8, 8]), labels)
        ).pictures
        #expect(fakes.pictures.shape == [6, 1, 8, 8])
        #expect(fakes.labels?.elements(as: Int.self) == [0, 1, 2, 0, 1, 2])
        let draft = try #require(generator.fastSample(inputs, labels: labels))
        #expect(fakes.pictures.sliced(0..<3, along: 0).floats() == draft.floats())
        let expected = generator.refiner.expectation(
            given: draft,
            PixelCondition(classes: labels, draft: draft)
        )
        let found = fakes.pictures.sliced(3..<6, along: 0)
        #expect(mismatch(found, expected, tolerance: 1e-6) == nil)
    }

    /// The details of a draft do not count, and only a share is judged.
    @Test func draftsCanBeSeenCoarsely() throws {
        let generator = try generator(judged: 0.34, coarse: 2)
        let labels = Tensor([0, 1, 2])
        let inputs = latents(generator, 3)
        let fakes = generator.fakes(inputs, labels: labels, beside: (.zeros([3, 1, 8, 8]), labels))
            .pictures
        #expect(fakes.labels?.elements(as: Int.self) == [0, 1, 2, 0])
        let draft = try #require(generator.fastSample(inputs, labels: labels))
            .sliced(0..<1, along: 0)
        let expected = generator.refiner.expectation(
            given: draft,
            PixelCondition(
                classes: Tensor([0]),
                draft: draft.adaptiveAveragePooled(size: [4, 4]).resampled(size: [8, 8], .bilinear)
            )
        )
        let found = fakes.pictures.sliced(3..<4, along: 0)
        #expect(mismatch(found, expected, tolerance: 1e-6) == nil)
    }

    /// What the discriminator says of x̄ reaches the refiner, and the drafts through it.
    @Test(arguments: ["levels", "mixtures"]) func expectationsTeachBothParts(
        _ head: String
    ) throws {
        let generator = try generator(head)
        let fakes = generator.fakes(
            latents(generator, 2),
            labels: Tensor([0, 1]),
            beside: (.zeros([2, 1, 8, 8]), nil)
        ).pictures
        let expected = fakes.pictures.sliced(2..<4, along: 0)
        for part in [generator.draft as Module, generator.refiner] {
            let found = gradients(
                of: expected.squared().sum(),
                for: part.parameters.map(\.wrappedValue),
                keepsGraph: true,
                allowsUnused: true
            )
            #expect(found.contains { $0.absolute().sum().item() > 0 })
        }
    }

    @Test func eachPictureDependsOnItsOwnLatentsAlone() throws {
        let generator = try generator()
        generator.setTraining(false)
        let inputs = latents(generator, 3)
        let labels = Tensor([0, 1, 2])
        let together = withoutGradients { generator(inputs, labels: labels) }
        let other = Tensor.concatenated([
            inputs.sliced(0..<1, along: 0), latents(generator, 2),
        ])
        let apart = withoutGradients { generator(other, labels: labels) }
        #expect(together.selected(0).floats() == apart.selected(0).floats())
        #expect(together.selected(1).floats() != apart.selected(1).floats())
        let levels = ((together + 1) * 127.5).floats()
        #expect(levels.allSatisfy { abs($0 - $0.rounded()) < 1e-3 })
    }

    @Test func visiblePixelsStayToTheLastBit() throws {
        let generator = try generator()
        let pictures = Tensor.uniform([2, 1, 8, 8], from: -1, to: 1, using: source)
        let visible = Tensor.bernoulli([2, 1, 8, 8], probability: 0.5, using: source)
            .converted(to: .float32)
        let chances = Tensor.uniform([2, 64 * generator.refiner.chances], using: source)
        let restored = generator.restored(
            pictures,
            visible: visible,
            labels: Tensor([0, 1]),
            by: chances
        )
        let isKnown = visible.isGreater(than: 0.5)
        #expect(restored.masked(isKnown).floats() == pictures.masked(isKnown).floats())
    }

    @Test func contradictionsAreRefusedWithTheReason() throws {
        func refuses(_ recipe: String, _ changes: [String], _ path: String) {
            #expect {
                try Recipe.load(recipe, overrides: changes, catalog: .midjourney)
            } throws: { error in
                "\(error)".contains(path)
            }
        }
        refuses("midjourney-pixel", ["objective.loss=relativistic"], "refiner")
        refuses(
            "midjourney-pixel",
            ["objective.regularisers={gradient-penalty: {}}"],
            "refiner"
        )
        refuses(
            "midjourney-pixel",
            ["refiner={family: pixelcnn-plus, scales: 4}"],
            "refiner.scales"
        )
        refuses("midjourney-pixel", ["refiner.width=0"], "refiner.width")
        refuses("pixelcnn", ["objective.tasks={restoration: {}}"], "objective")
        refuses("pixelcnn", ["refiner={family: gated-pixelcnn}"], "refiner")
        refuses("seed-dcgan", ["optimizers.autoregressive={learning-rate: 1e-3}"], "autoregressive")
        let without = try Recipe.load(
            "midjourney-pixel",
            overrides: ["refiner=off", "optimizers.autoregressive=null"],
            catalog: .midjourney
        )
        #expect(without.refiner == nil)
    }
}
