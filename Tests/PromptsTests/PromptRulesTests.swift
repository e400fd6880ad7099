import Foundation
import Prompts
import Testing

@Suite struct PromptRulesTests {
    private let rules: PromptRules

    init() throws {
        rules = try PromptRules(
            "# a remark\nappeal: Write to us.\nviolence: beheading\nhate: two words\n中文: 纳粹\n",
            origin: "rules"
        )
    }

    /// However the words are dressed up.
    @Test(
        arguments: [
            "a beheading", "BEHEADING!", "be\u{200B}heading", "béheading", "ｂｅｈｅａｄｉｎｇ",
            "beh\u{435}ading", "two  words", "Two, words", "一个纳粹人", "cat:: beheading::2",
        ])
    func brokenRulesAreFound(_ text: String) throws {
        let prompt = try #require(try Prompt.all(of: text).first)
        let error = #expect(throws: PromptError.self) { try rules.check(prompt) }
        #expect(error?.kind == .blocked)
        #expect(error?.description.hasSuffix("Write to us.") == true)
    }

    /// Whole words alone, and what is to be avoided may be named.
    @Test(arguments: ["beheadings", "two blue words", "cat --no beheading", "words two", "a fox"])
    func otherWordsPass(_ text: String) throws {
        let prompt = try #require(try Prompt.all(of: text).first)
        try rules.check(prompt)
    }

    @Test func kindsOfPicturesAreNoWords() throws {
        let rules = try PromptRules("drawn: Flags\nhate: cats\n", origin: "rules")
        #expect(rules.drawn == ["Flags"] && rules.rules.count == 1)
        #expect(rules.broken(by: "flags") == nil)
    }

    @Test func linesThatAreNoRuleAreNamed() {
        let error = #expect(throws: PromptError.self) {
            try PromptRules("violence: gore\nnonsense\n", origin: "my.txt")
        }
        #expect(error?.description.hasPrefix("my.txt:2") == true)
        #expect(throws: PromptError.self) { try PromptRules(contentsOf: URL(filePath: "/no/file")) }
    }

    @Test func theHousesOwnAreReadable() {
        #expect(PromptRules.house.rules.count > 5)
        #expect(!PromptRules.house.appeal.isEmpty)
    }
}
