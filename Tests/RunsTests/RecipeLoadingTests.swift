import Foundation
import Runs
import TestSupport
import Testing

@Suite("Recipes are loaded by name or path and printed canonically")
struct RecipeLoadingTests {
    @Test("every file beside the code is bundled")
    func complete() throws {
        let folder = repositoryRoot.appending(path: "Sources/Runs/Recipes")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let names = files.map { $0.replacing(".yaml", with: "") }.sorted()
        #expect(Recipe.bundled.map(\.name) == names)
    }

    @Test(
        "printed as YAML or JSON and read again, a recipe is the same",
        arguments: ["seed-dcgan", "seed-dcgan-32", "seed-dcgan-emoji"]
    )
    func roundTrip(_ name: String) throws {
        var recipe = try Recipe.load(
            name,
            overrides: [
                "early-stopping={monitor: Evaluation/test_loss, stopping-threshold: 0.25}",
                "data.path='/some where/a: b'", "training.threads=2", "device=cuda:1",
                "optimizers.generator.schedule={kind: cosine, total-images: 1000000}",
            ]
        )
        recipe.seed = .max
        recipe.optimizers.generator.learningRate = 1.0 / 3
        for description in ["12", "no", "~", "null", "a: b # c", "two\nlines\n", "ß 漢 🎨", "'\""] {
            recipe.description = description
            #expect(try Recipe(parsing: recipe.yaml, source: "yaml") == recipe)
            #expect(try Recipe(parsing: recipe.json, source: "json") == recipe)
        }
    }

    @Test("canonical YAML has every key in a fixed order")
    func canonical() throws {
        let yaml = try Recipe.load("seed-dcgan").yaml
        let top = yaml.split(separator: "\n").filter { $0.first?.isLetter == true }
            .map { String($0.prefix { $0 != ":" }) }
        #expect(
            top == [
                "name", "description", "about", "seed", "device", "data", "model", "objective",
                "optimizers", "training", "evaluation", "recovery", "snapshots",
            ]
        )
        #expect(yaml.contains("\n  size: [28, 28]\n"))
        #expect(yaml.contains("\n    learning-rate: 0.0001\n"))
    }

    @Test("an unknown name is answered with the nearest")
    func unknown() {
        #expect {
            try Recipe.load("sed-dcgan")
        } throws: {
            "\($0)".contains("did you mean \"seed-dcgan\"?") && "\($0)".contains("seed-dcgan-32")
        }
        #expect {
            try Recipe.load("something entirely else")
        } throws: {
            "\($0)".contains("Bundled recipes:") && !"\($0)".contains("did you mean")
        }
    }

    @Test("a file that is absent or not text is an error that names it")
    func files() throws {
        let folder = try ScratchFolder()
        let absent = folder.url.appending(path: "absent.yaml").path
        #expect {
            try Recipe.load(absent)
        } throws: {
            "\($0)".contains(absent) && "\($0)".contains("cannot be read")
        }
        let binary = folder.url.appending(path: "binary.yaml")
        try Data([0xFF, 0xFE, 0x80]).write(to: binary)
        #expect {
            try Recipe.load(binary.path)
        } throws: {
            "\($0)".contains("not text in UTF-8")
        }
        let copy = folder.url.appending(path: "copy.yaml")
        try Recipe.load("seed-dcgan").yaml.write(to: copy, atomically: true, encoding: .utf8)
        #expect(
            try Recipe.load(copy.path, overrides: ["training.epochs=1"]).training.epochs == 1
        )
    }
}
