import Prompts
import TestSupport
import Testing

/// Prompts with words that are not known.
@Suite struct UnderstandingTests {
    private let scratch: ScratchFolder
    private let net: WordNet
    private let known: Set<String> = ["a", "and", "dog", "car", "red", "cat", "gold", "bird cage"]

    init() throws {
        scratch = try ScratchFolder()
        try SmallWordNet.write(to: scratch.url)
        net = try WordNet(contentsOf: scratch.url)
    }

    private func understood(_ text: String) throws -> (prompt: Prompt, readings: [WordReading]) {
        let prompt = try #require(try Prompt.all(of: text).first)
        return prompt.understood(with: net) { [known] in known.contains($0) }
    }

    @Test(arguments: [
        ("a red retriever", "a red dog"), ("A Retriever, and a jackal!", "A dog, and a dog!"),
        ("golden retriever and automobile", "dog and car"), ("golden, retriever", "golden, dog"),
        ("a dog", "a dog"), ("qwerty", "qwerty"), ("一只 retriever", "一只 dog"), ("红苹果", "红苹果"),
        ("bird cage", "bird cage"), ("retrievers' car", "dog' car"),
    ])
    func wordsAreReplaced(_ text: String, _ expected: String) throws {
        #expect(try understood(text).prompt.text == expected)
    }

    @Test func allElseStays() throws {
        let (prompt, readings) = try understood(
            "cat.png retriever::2 automobile --no jackal, automobile --seed 7 --chaos 30"
        )
        #expect(prompt.pictures == ["cat.png"] && prompt.parameters.seed == 7)
        #expect(prompt.parts.map(\.text) == ["dog", "car", "jackal", "car"])
        #expect(prompt.parts.map(\.weight) == [2, 1, -0.5, -0.5])
        #expect(readings.map(\.word) == ["retriever", "automobile"])
        let again = prompt.understood(with: net) { [known] in known.contains($0) }
        #expect(again.prompt == prompt && again.readings.isEmpty)
    }

    @Test func literalWordsStay() throws {
        let (prompt, readings) = try understood("a retriever --literal")
        #expect(prompt.text == "a retriever" && readings.isEmpty)
        #expect(prompt.typed == "a retriever --literal")
    }
}
