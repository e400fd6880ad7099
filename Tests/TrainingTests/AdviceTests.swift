import Runs
import Settings
import Testing
import Training

@Suite struct AdviceTests {
    private func advice(
        _ count: Int,
        classes: Int = 0,
        side: Int = 32,
        channels: Int = 3,
        hasGPU: Bool = false
    ) throws -> (advice: Advice, recipe: Recipe) {
        let advice = Advice(
            DataFacts(
                count: count,
                classes: classes,
                shortestSide: side,
                channels: channels,
                hasGPU: hasGPU
            )
        )
        #expect(!advice.reasons.isEmpty)
        return (advice, try Recipe.load(advice.recipe, overrides: advice.changes))
    }

    @Test func augmentationFollowsTheNumberOfPictures() throws {
        let few = try advice(100).recipe
        #expect(few.objective.augmentations.keys.sorted() == ["diff-augment"])
        #expect(few.training.batch <= 50)
        let some = try advice(5000).recipe
        #expect(some.objective.augmentations.keys.sorted() == ["ada"])
        #expect(try advice(60_000).recipe.objective.augmentations.isEmpty)
    }

    @Test func thePenaltyFollowsSizeAndBatch() throws {
        func penalty(_ recipe: Recipe) -> SettingValue? {
            recipe.objective.regularisers["r1"]?["weight"]
        }
        #expect(penalty(try advice(20_000).recipe) == .number(0.0032))
        let large = try advice(20_000, side: 300, hasGPU: true).recipe
        #expect(large.data.size == [256, 256])
        #expect(penalty(large) == .number(0.2048))
        // Five times as much where pictures are few.
        #expect(penalty(try advice(4000).recipe) == .number(0.016))
        #expect(try advice(20_000, side: 300).recipe.data.size == [64, 64])
        #expect(try advice(20_000, side: 20).recipe.data.size == [16, 16])
    }

    @Test func smallGreyPicturesGetASmallNetwork() throws {
        #expect(
            try advice(60_000, classes: 10, side: 28, channels: 1).advice.recipe == "digits"
        )
        #expect(try advice(60_000, side: 28, channels: 1).advice.recipe == "digits")
        #expect(try advice(200, side: 28, channels: 1).advice.recipe == "stylegan2")
        #expect(try advice(6000, classes: 3).recipe.model.conditional)
        #expect(try advice(6000, channels: 4).recipe.data.channels == 4)
    }

    @Test func aDryRunCountsAndMeasures() throws {
        let recipe = try Recipe.load("seed-dcgan", overrides: ToyRecipe.settings)
        let found = try DryRun(recipe, pictures: 64)
        // 4·16 + 2·16 + 4·3·25 + 2·3 + 3·2·25 + 2·2 + 2·25 and 3·25 + 3 + 3·4·25 + 4 + 16 + 1.
        #expect(found.generatorParameters == 606)
        #expect(found.discriminatorParameters == 399)
        #expect(found.imagesPerSecond > 0)
        let hours = Double(recipe.training.epochs * 64) / found.imagesPerSecond / 3600
        #expect(abs(found.hours - hours) < 1e-9)
        #expect(found.text.contains("hours for all epochs"))
    }
}

/// Networks for pictures of eight by eight.
private enum ToyRecipe {
    static let settings = [
        "data.size=[8, 8]", "model.latent=4", "model.generator.widths=[4, 3, 2]",
        "model.discriminator.widths=[3, 4]", "training.batch=4",
    ]
}
