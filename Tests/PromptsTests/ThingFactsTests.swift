import Foundation
import Prompts
import TestSupport
import Testing

/// What is known of things counts where a prompt is silent, and nowhere else.
@Suite("Facts of things") struct ThingFactsTests {
    private static let text = """
        # what everybody knows
        - a tomato is red
        - "an orange is orange."
        a snowman stands in the snow   # in winter
        the polar bear is white
        - 番茄是红色的
        - 雪人在雪地里
        """

    private func completed(
        _ text: String
    ) throws -> (prompt: Prompt, readings: [WordReading], contradictions: [String]) {
        let prompt = try #require(try Prompt.all(of: text).first)
        return prompt.completed(by: try ThingFacts(Self.text, origin: "facts"))
    }

    @Test(
        "a silent prompt is completed, one that says so stays",
        arguments: [
            ("a tomato", "a red tomato"), ("An orange", "An orange orange"),
            ("two big tomatoes and a cup", "two big red tomatoes and a cup"),
            ("a blue cup and a tomato", "a blue cup and a red tomato"),
            ("a green tomato", "a green tomato"), ("a red, ripe tomato", "a red, ripe red tomato"),
            ("a snowman with a hat", "a snowman with a hat in the snow"),
            ("two snowmen", "two snowmen in the snow"),
            ("a snowman on a table", "a snowman on a table"),
            ("a polar bear", "a white polar bear"), ("a bear", "a bear"),
            ("tomatoesque", "tomatoesque"), ("一个番茄", "一个红色的番茄"),
            ("绿色的番茄", "绿色的番茄"), ("雪人", "雪地里的雪人"), ("桌子上的雪人", "桌子上的雪人"),
            ("a tomato --literal", "a tomato"),
        ]
    )
    func completion(_ typed: String, _ drawn: String) throws {
        let found = try completed(typed)
        #expect(found.prompt.text == drawn)
        #expect(
            found.readings.isEmpty
                == (try completed(typed).prompt.text == typed.replacing(" --literal", with: ""))
        )
        // What was added is not added again.
        let facts = try ThingFacts(Self.text, origin: "facts")
        let again = found.prompt.completed(by: facts)
        #expect(again.prompt == found.prompt || typed.contains(","))
    }

    @Test("a colour that is another one is told; what is to be avoided stays")
    func contradictions() throws {
        let blue = try completed("a blue tomato")
        #expect(blue.contradictions.count == 1 && blue.contradictions[0].contains("blue"))
        let avoided = try completed("a cup --no tomato")
        #expect(avoided.prompt.parts.map(\.text) == ["a cup", "tomato"])
        #expect(avoided.readings.isEmpty)
    }

    @Test(
        "lines that say nothing and lines that contradict are refused with their numbers",
        arguments: [
            ("a tomato is red\na tomato is green", "facts:2", "line 1"),
            ("a tomato is red\n\na tomato is tasty", "facts:3", "no colour"),
            ("番茄是红色的\n番茄是绿色的", "facts:2", "line 1"), ("{a: b}", "facts:1", "no colour"),
        ]
    )
    func refusals(_ text: String, _ place: String, _ word: String) {
        #expect {
            try ThingFacts(text, origin: "facts")
        } throws: { "\($0)".contains(place) && "\($0)".contains(word) }
    }

    @Test("any text in any file gives facts or an error, and any prompt a prompt")
    func anything() throws {
        var chance = SeededChance(5)
        let pieces = [
            "a", "an", "tomato", "is", "red", "在", "是", "红色", "的", "番茄", "in", "the", "snow", "-",
            "#", "\"", " ", " ", "\n", "\u{FEFF}", "é", "🍅", "stands", "s", "，",
        ]
        let known = try ThingFacts(Self.text, origin: "facts")
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...14, using: &chance)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &chance)]
            }.joined(separator: Bool.random(using: &chance) ? " " : "")
            let facts = (try? ThingFacts(text, origin: "x")) ?? known
            let prompt = Prompt(parts: [Prompt.Part(text: text, weight: 1)])
            let found = prompt.completed(by: facts)
            #expect(found.prompt.parts[0].text.count >= text.count - 1)
        }
    }
}
