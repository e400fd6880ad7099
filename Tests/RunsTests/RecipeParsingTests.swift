import Runs
import Settings
import Testing

@Suite("A recipe is read strictly and as a whole")
struct RecipeParsingTests {
    static let smallest = """
        name: small
        data: {set: mnist, size: [28, 28], channels: 1}
        model: {family: dcgan}
        optimizers:
          generator: {learning-rate: 1e-4}
          discriminator: {learning-rate: 2e-4}
        training: {epochs: 2, batch: 16}
        """

    func problems(_ yaml: String, _ overrides: [String] = []) throws -> [String] {
        do {
            _ = try Recipe(parsing: yaml, source: "test", overrides: overrides)
            return []
        } catch {
            guard case .invalid(_, let problems) = error else { throw error }
            return problems.map(\.description)
        }
    }

    @Test("what is left out has its default")
    func defaults() throws {
        let recipe = try Recipe(parsing: Self.smallest, source: "test")
        #expect(recipe.name == "small")
        #expect(recipe.seed == 0)
        #expect(recipe.device == .cpu)
        #expect(recipe.data.height == 28)
        #expect(recipe.data.augmentation.rotate == 0)
        #expect(recipe.model.settings == SettingCoding.tree(FakeCatalog.Networks()))
        #expect(recipe.objective.step == .simultaneous)
        #expect(recipe.optimizers.discriminator.learningRate == 2e-4)
        #expect(recipe.optimizers.generator.schedule.kind == .constant)
        #expect(recipe.evaluation.everyEpochs == 10)
        #expect(recipe.snapshots.columns == 8)
        #expect(recipe.earlyStopping == nil)
    }

    @Test("every problem comes in one pass with path, expected, found and place")
    func everyProblem() throws {
        let yaml = """
            name: bad name
            seed: -1
            device: gpu
            data: {set: mnist, size: [28, 30], channels: 5, resize: crop}
            model: {family: dcgam, latent: many, conditional: yes}
            objective: {critic-updates: 5}
            optimizers:
              generator: {kind: adam, learning_rate: 1e-4, momentum: 0.9}
              discriminator: {learning-rate: fast}
            training: {epochs: 2.5, batch: 0, treads: 4}
            snapshots: 3
            early-stopping: {monitor: Loss/G/los}
            """
        let found = try problems(yaml)
        let expected = [
            "name: expected a name of letters, digits, \".\", \"_\" and \"-\" that starts with a "
                + "letter or digit, found \"bad name\" (line 1, column 7)",
            "seed: expected a whole number from 0 to 18446744073709551615, found -1 "
                + "(line 2, column 7)",
            "device: expected cpu, cuda, cuda:NUMBER or mps, found \"gpu\" (line 3, column 9)",
            "data.channels: expected a whole number from 1 to 4, found 5 (line 4, column 46)",
            "data.resize: expected one of cover, contain, stretch, found \"crop\" "
                + "(line 4, column 57)",
            "model.family: expected \"dcgan\" (dcgan), found \"dcgam\" (line 5, column 17)",
            "model.conditional: expected true or false, found \"yes\" (line 5, column 51)",
            "objective.critic-updates: expected 1 with step: simultaneous (or step: alternating), "
                + "found 5 (line 6, column 29)",
            "optimizers.generator.learning_rate: expected \"learning-rate\", found the unknown "
                + "key \"learning_rate\" (line 8, column 27)",
            "optimizers.generator.learning-rate: expected a number greater than 0, found nothing",
            "optimizers.generator.momentum: expected 0 or nothing (adam does not use it), "
                + "found 0.9 (line 8, column 58)",
            "optimizers.discriminator.learning-rate: expected a number greater than 0, "
                + "found \"fast\" (line 9, column 34)",
            "training.treads: expected \"threads\", found the unknown key \"treads\" "
                + "(line 10, column 35)",
            "training.epochs: expected a whole number from 1 to 1000000, found 2.5 "
                + "(line 10, column 20)",
            "training.batch: expected a whole number from 1 to 65536, found 0 "
                + "(line 10, column 32)",
            "snapshots: expected a section, found 3 (line 11, column 12)",
            "early-stopping.monitor: expected \"Loss/G/loss\" (one of Loss/G/loss, Loss/D/loss, "
                + "Evaluation/test_loss, Evaluation/test_acc, Evaluation/duality_gap, "
                + "Evaluation/bits_per_dimension), found \"Loss/G/los\" "
                + "(line 12, column 27)",
        ]
        #expect(found == expected)
    }

    @Test("an empty recipe names every required key")
    func requiredKeys() throws {
        let paths = try problems("").map { String($0.prefix { $0 != ":" }) }
        #expect(
            paths == [
                "name", "data.set", "data.size", "data.channels", "model.family",
                "optimizers.generator.learning-rate", "optimizers.discriminator.learning-rate",
                "training.epochs", "training.batch",
            ]
        )
    }

    @Test("duplicate keys are problems beside the others")
    func duplicates() throws {
        let yaml =
            Self.smallest + """

                seed: 1
                "seed": 2
                evaluation:
                  batch: 4
                  samples: -3
                  batch: 5
                """
        let found = try problems(yaml)
        #expect(
            found == [
                "seed: expected the key once, found it twice (line 8, column 1)",
                "evaluation.batch: expected the key once, found it twice (line 11, column 3)",
                "evaluation.samples: expected a whole number from 0 to 10000000, found -3 "
                    + "(line 12, column 12)",
            ]
        )
    }

    /// Each duplicate asks for the text to be read once more, so very many of them are not all looked for.
    @Test func veryManyDuplicatesEndTheReading() throws {
        let yaml = Self.smallest + String(repeating: "\nseed: 1", count: 2000)
        let error = #expect(throws: RecipeError.self) {
            try Recipe(parsing: yaml, source: "test")
        }
        #expect("\(try #require(error))".contains("more than 8 keys are given twice"))
    }

    @Test("an override replaces, adds, clears and says so when it is wrong")
    func overrides() throws {
        let recipe = try Recipe(
            parsing: Self.smallest,
            source: "test",
            overrides: [
                "training.epochs=3", "model.generator.widths=[64, 32]", "evaluation.samples=100",
                "early-stopping.monitor=Evaluation/test_acc", "data.path=a=b",
            ]
        )
        #expect(recipe.training.epochs == 3)
        #expect(
            recipe.model.settings["generator"]?["widths"] == .list([.number(64), .number(32)])
        )
        #expect(recipe.evaluation.samples == 100)
        #expect(recipe.earlyStopping?.monitor == .testAccuracy)
        #expect(recipe.data.path == "a=b")
        let cleared = try Recipe(
            parsing: Self.smallest + "\nearly-stopping: {monitor: Loss/G/loss}",
            source: "test",
            overrides: ["early-stopping="]
        )
        #expect(cleared.earlyStopping == nil)
        let found = try problems(
            Self.smallest,
            ["training.epochs=many", "trainin.batch=3", "name.first=x", "seed", "a..b=1"]
        )
        #expect(
            found == [
                "name.first: expected a path through sections, found a value on the way "
                    + "(--set name.first=x)",
                "seed: expected an override such as training.epochs=3, found \"seed\" (--set seed)",
                "a..b: expected an override such as training.epochs=3, found \"a..b=1\" "
                    + "(--set a..b=1)",
                "trainin: expected \"training\", found the unknown key \"trainin\" "
                    + "(--set trainin.batch=3)",
                "training.epochs: expected a whole number from 1 to 1000000, found \"many\" "
                    + "(--set training.epochs=many)",
            ]
        )
    }

    @Test(
        "numbers that only look like numbers are refused",
        arguments: [
            "12:30", "0x10", "1e999", ".inf", ".nan", "nan", "\"3\"", "'3'", "1_", "3 4", "[3]",
            "+",
        ]
    )
    func numbers(_ text: String) throws {
        let found = try problems(Self.smallest, ["optimizers.generator.clip-norm=\(text)"])
        #expect(found.count == (text == "1_" ? 0 : 1))
    }

    @Test(
        "text that is not YAML or too deep is an error that names the source",
        arguments: [
            "a: [1", "\tname: x", "a: *nothing", "---\na: 1\n---\nb: 2", "? [a]\n: 1",
            String(repeating: "[", count: 100),
        ]
    )
    func malformed(_ text: String) {
        #expect {
            try Recipe(parsing: text, source: "mine.yaml")
        } throws: { error in
            guard case .malformed(let source, let reason) = error as? RecipeError else {
                return false
            }
            return source == "mine.yaml" && !reason.isEmpty
        }
    }

    @Test("a text that is too long is not read")
    func tooLong() {
        let text = String(repeating: "#", count: (1 << 20) + 1)
        #expect {
            try Recipe(parsing: text, source: "long")
        } throws: {
            "\($0)".contains("longer than 1048576 bytes")
        }
    }
}
