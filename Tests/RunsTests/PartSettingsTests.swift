import Runs
import Settings
import Testing

@Suite("Settings of parts are completed, and checked as strictly as all others")
struct PartSettingsTests {
    private func problems(_ overrides: [String]) throws -> [String] {
        do {
            _ = try Recipe.load("seed-dcgan", overrides: overrides)
            return []
        } catch {
            guard case .invalid(_, let problems) = error else { throw error }
            return problems.map(\.description)
        }
    }

    private func penalty(_ text: String) throws -> FakeCatalog.Penalty {
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: ["objective.regularisers.penalty=\(text)"]
        )
        let tree = try #require(recipe.objective.regularisers["penalty"])
        return try SettingCoding.value(FakeCatalog.Penalty.self, of: tree)
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        #expect(try penalty("{}") == FakeCatalog.Penalty())
        #expect(try penalty("") == FakeCatalog.Penalty())
        #expect(try penalty("{sides: one, exact: true}").sides == .one)
        #expect(try penalty("{lengths: [5]}").lengths == [5])
    }

    @Test func numbersMayChange() throws {
        let weight = try penalty(
            "{weight: {from: 1, to: 0.1, over-images: 1000, kind: exponential}}"
        )
        .weight
        #expect(weight.value(at: 0) == 1)
        #expect(abs(weight.value(at: 500) - 0.1.squareRoot()) < 1e-12)
        #expect(weight.value(at: 5000) == 0.1)
        let late = Scheduled(from: 0, to: 2, overImages: 10, startImages: 100)
        #expect(late.value(at: 100) == 0)
        #expect(late.value(at: 105) == 1)
        let wave = Scheduled(from: 2, to: 0, overImages: 10, kind: .cosine)
        #expect(abs(wave.value(at: 5) - 1) < 1e-12)
        #expect(Scheduled(from: 3, to: 1, overImages: 10, kind: .step).value(at: 9) == 3)
        #expect(try penalty("{weight: 3}").weight == 3)
    }

    @Test func recipesKeepThemAsTheyWere() throws {
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: [
                "objective.regularisers.penalty={weight: {from: 1, to: 0.1, over-images: 1000}}"
            ]
        )
        #expect(try Recipe(parsing: recipe.yaml, source: "yaml") == recipe)
        #expect(try Recipe(parsing: recipe.json, source: "json") == recipe)
        let without = try Recipe(
            parsing: recipe.yaml,
            source: "yaml",
            overrides: ["objective.regularisers.penalty=off"]
        )
        #expect(without.objective.regularisers.isEmpty)
    }

    @Test(
        "what is wrong is named with its place",
        arguments: [
            (
                "{weigth: 1}",
                "penalty.weigth: expected \"weight\", found the unknown key \"weigth\""
            ),
            ("{weight: many}", "penalty.weight: expected a number, or a section with from"),
            ("{weight: {from: 1, to: 2}}", "penalty.weight: expected the key over-images"),
            (
                "{weight: {from: 0, to: 2, over-images: 5, kind: exponential}}",
                "penalty.weight.from: expected numbers above 0"
            ),
            ("{sides: three}", "penalty.sides: expected one of one, two, found \"three\""),
            ("{sides: tow}", "penalty.sides: expected \"two\" (one of one, two), found \"tow\""),
            ("{exact: 1}", "penalty.exact: expected true or false, found 1"),
            ("{lengths: [1.5]}", "penalty.lengths[0]: expected a whole number, found 1.5"),
            ("{lengths: 3}", "penalty.lengths: expected a list in brackets, found 3"),
            ("{name: 3}", "penalty.name: expected text, found 3"),
            ("[1]", "penalty: expected a section, found a list of 1"),
        ]
    )
    func refused(_ text: String, _ wanted: String) throws {
        let found = try problems(["objective.regularisers.penalty=\(text)"])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("objective.regularisers.\(wanted)") == true, "\(found)")
        #expect(found.first?.contains("--set") == true, "\(found)")
    }

    @Test func unknownPartsAreNamed() throws {
        #expect(
            try problems(["objective.regularisers.penality={}"]).first?.hasPrefix(
                "objective.regularisers.penality: expected \"penalty\", found the unknown part"
            ) == true
        )
        #expect(
            try problems(["objective.loss=hing"]).first?.hasPrefix(
                "objective.loss: expected \"hinge\" (one of binary-cross-entropy"
            ) == true
        )
    }
}
