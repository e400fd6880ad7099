import Foundation
import Runs
import TestSupport
import Testing
import Training

@Suite struct BundledRecipeTests {
    @Test(
        "every bundled recipe is sound and has its own name",
        arguments: Recipe.bundled.map(\.name)
    )
    func sound(_ name: String) throws {
        let recipe = try Recipe.load(name)
        #expect(recipe.name == name)
        #expect(!recipe.description.isEmpty)
        #expect(!recipe.about.paper.isEmpty)
        #expect(!recipe.about.needs.isEmpty)
        #expect(!recipe.about.expect.isEmpty)
        #expect(recipe.about.hoursOnTwoCores > 0)
        let again = try Recipe.load(name, overrides: ["seed=5"])
        #expect(again.seed == 5)
        #expect(try Recipe(parsing: recipe.yaml, source: "yaml", catalog: Recipe.parts) == recipe)
    }

    @Test("each file of a recipe is one that can be named")
    func allFiles() throws {
        let folder = repositoryRoot.appending(path: "Sources/Runs/Recipes")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files == Recipe.bundled.map { "\($0.name).yaml" }.sorted())
    }

    @Test("the recipes of the documents are sound", arguments: ["day-to-night", "photo-to-sketch"])
    func documented(_ name: String) throws {
        let file = repositoryRoot.appending(path: "docs/translation/\(name).yaml")
        let recipe = try Recipe.load(file.path)
        #expect(recipe.name == name && recipe.model.family == "translation")
        #expect(try Recipe(parsing: recipe.yaml, source: "yaml", catalog: Recipe.parts) == recipe)
    }

    @Test("the recipes of the tutorial differ where they should")
    func differences() throws {
        let first = try Recipe.load("seed-dcgan")
        #expect(first.training.batch == 256)
        #expect(first.training.epochs == 50)
        #expect(first.evaluation.everyEpochs == 10)
        #expect(first.optimizers.generator.epsilon == 1e-7)
        #expect(first.optimizers.discriminator.epsilonPlacement == .uncorrected)
        let second = try Recipe.load("seed-dcgan-32")
        #expect(second.training.batch == 32)
        #expect(second.training.epochs == 100)
        #expect(try Recipe.load("digits").model.conditional)
        let emoji = try Recipe.load("seed-dcgan-emoji")
        #expect(emoji.data.size == [32, 32])
        #expect(emoji.data.channels == 4)
    }
}

/// What pages show of recipes before one is chosen.
@Suite struct RecipeOutlineTests {
    @Test(arguments: Recipe.bundled.map(\.name))
    func outlinesAreWhatTheRecipeSays(_ name: String) throws {
        let bundled = try #require(Recipe.bundled.first { $0.name == name })
        let outline = try #require(bundled.outline)
        let recipe = try Recipe.load(name)
        #expect(outline.description == recipe.description && outline.data.set == recipe.data.set)
        #expect(
            outline.data.size == recipe.data.size
                && outline.training.epochs == recipe.training.epochs
        )
        #expect((outline.about.hours ?? 0) == recipe.about.hoursOnTwoCores)
        #expect((outline.about.expect ?? "") == recipe.about.expect)
    }
}
