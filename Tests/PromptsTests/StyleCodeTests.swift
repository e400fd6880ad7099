import Prompts
import Testing

/// Codes of styles.
@Suite struct StyleCodeTests {
    @Test func codesHaveWeights() throws {
        let parameters = try Prompt.all(of: "a cat --sref 12::2 7 --sw 40")[0].parameters
        #expect(parameters.styles.map(\.code) == [12, 7])
        #expect(parameters.styles.map(\.weight) == [2, 1])
        #expect(parameters.styleStrength == 40)
    }

    @Test func chanceIsReplacedByACodeThatCanBeTypedAgain() throws {
        let asked = try Prompt.all(of: "a cat --sref random")[0]
        #expect(asked.parameters.styles.isEmpty)
        let chosen = asked.withChosenStyle
        #expect(chosen.parameters.styles.count == 1)
        #expect(try Prompt.all(of: chosen.typed) == [chosen])
        #expect(chosen.withChosenStyle == chosen)
    }

    @Test(arguments: ["", "x", "1 random", "-3", "4294967296", "1::0", "1::-2", "1::x", "1.5"])
    func whatIsNoCodeIsRefused(_ text: String) {
        let error = #expect(throws: PromptError.self) { try Prompt.all(of: "a --sref \(text)") }
        #expect(error?.parameter == "sref")
    }
}
