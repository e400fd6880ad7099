import Foundation
import Runs
import Settings
import Testing

@Suite("Recipes that earlier versions wrote down")
struct RecordedRecipeTests {
    private static func read(_ data: Data) throws -> Recipe {
        try JSONDecoder().decode(Recipe.self, from: data)
    }

    /// Keys that a version did not know yet are as they are where a recipe leaves them out.
    @Test(arguments: [[], ["start={from: x, replay: 2}", "early-stopping={monitor: Loss/G/loss}"]])
    func whatIsMissingIsAsUsual(_ overrides: [String]) throws {
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: overrides + ["seed=18446744073709551615"]
        )
        let whole = try #require(
            JSONSerialization.jsonObject(with: Data(recipe.json.utf8)) as? [String: Any]
        )
        #expect(try Self.read(Data(recipe.json.utf8)) == recipe)
        for (name, value) in whole where !["name", "seed"].contains(name) {
            guard let section = value as? [String: Any] else { continue }
            for key in section.keys {
                var less = whole
                less[name] = section.filter { $0.key != key }
                let found = try Self.read(JSONSerialization.data(withJSONObject: less))
                #expect(found.seed != 0 && found.name == recipe.name, "\(name).\(key)")
            }
        }
        var less = whole
        less["data"] = (whole["data"] as? [String: Any])?.filter { $0.key != "hold-out" }
        let text = String(
            decoding: try JSONSerialization.data(withJSONObject: less),
            as: UTF8.self
        )
        #expect(!text.contains("hold-out"))
        #expect(try Self.read(Data(text.utf8)).data.holdsOut)
    }

    @Test(arguments: [
        "", "[]", "{", "{}", "{\"name\": \"a\", \"data\": {\"size\": \"large\"}}", "7",
    ])
    func whatIsNoRecipeIsRefused(_ text: String) {
        #expect(throws: (any Error).self) { try Self.read(Data(text.utf8)) }
    }
}
