import Prompts
import Testing

/// Which model prompts ask for, and which updates of its weights.
@Suite("Choice of a model") struct ModelChoiceTests {
    @Test(
        "updates are read with their weights, in Chinese signs too, and typed again",
        arguments: [
            ("x --lora flowers", ["flowers"], "x --lora flowers"),
            (
                "x --lora flowers:0.8, dogs:2", ["flowers:0.8", "dogs:2"],
                "x --lora flowers:0.8, dogs:2"
            ),
            (
                "x --lora flowers:-1.5 --lora dogs", ["flowers:-1.5", "dogs"],
                "x --lora flowers:-1.5, dogs"
            ),
            ("x --lora flowers：0.8，dogs", ["flowers:0.8", "dogs"], "x --lora flowers:0.8, dogs"),
        ]
    )
    func reading(_ typed: String, _ updates: [String], _ again: String) throws {
        let prompt = try #require(try Prompt.all(of: typed).first)
        #expect(prompt.parameters.updates.map(\.text) == updates)
        #expect(prompt.typed == again)
        #expect(try Prompt.all(of: prompt.typed).first == prompt)
    }

    @Test(
        "what is no name and no weight is refused",
        arguments: ["", "../x", "a b", "flowers:", "flowers:x", "flowers:11", "a:1:2", ".hidden"]
    )
    func refusals(_ value: String) {
        #expect(throws: PromptError.self) { try Prompt.all(of: "x --lora \(value)") }
    }

    @Test("several prompts are drawn by one model")
    func one() throws {
        func prompts(_ typed: String...) throws -> [Prompt] {
            try typed.flatMap { try Prompt.all(of: $0) }
        }
        #expect(try ModelChoice.only(of: prompts("a", "b")) == nil)
        let some = try ModelChoice.only(of: prompts("a", "b --lora mine:2"))
        #expect(some?.text == "--lora mine:2")
        #expect(throws: PromptError.self) {
            try ModelChoice.only(of: prompts("a --lora mine:2", "b --lora mine"))
        }
        #expect(throws: PromptError.self) {
            try ModelChoice.only(of: prompts("a --version one", "b --version two"))
        }
    }
}
