import Foundation
import Testing
import TextTokens

@Suite("Text tokenizers")
struct TextTokenizerTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/tokens.json")

    private struct Case {
        let file: [String: Any]
        let texts: [String]
        let numbers: [[Int]]

        func data(_ change: (inout [String: Any]) -> Void = { _ in }) throws -> Data {
            var file = file
            change(&file)
            return try JSONSerialization.data(withJSONObject: file)
        }
    }

    private static func named(_ name: String) throws -> Case {
        let all = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let found = try #require(all?[name] as? [String: Any])
        return Case(
            file: try #require(found["tokenizer"] as? [String: Any]),
            texts: try #require(found["texts"] as? [String]),
            numbers: try #require(found["numbers"] as? [[Int]])
        )
    }

    @Test(
        "numbers that no piece has are refused",
        arguments: [-1, Int(Int32.max) + 1, Int.max, Int.min]
    )
    func impossibleNumbers(_ number: Int) throws {
        let data = try Self.named("usual").data {
            $0["added_tokens"] = [["id": number, "content": "<mark>"]]
        }
        #expect(throws: TextTokensError.self) { try TextTokenizer(data) }
    }

    @Test("patterns of very many parts are refused, for each is looked for within the one before")
    func longPatterns() throws {
        for (key, part) in [("String", "a"), ("Regex", "a"), ("Regex", "(?:a)"), ("Regex", "a|")] {
            let data = try Self.named("usual").data {
                $0["normalizer"] = [
                    "type": "Replace", "content": "b",
                    "pattern": [key: String(repeating: part, count: 30_000)],
                ]
            }
            #expect(throws: TextTokensError.self) {
                try TextTokenizer(data)(String(repeating: "a", count: 30_000))
            }
        }
    }

    @Test(
        "texts of every script become the numbers that the program of the file gives",
        arguments: ["usual", "spaced", "qwen", "llama", "digits", "clip"]
    )
    func numbers(name: String) throws {
        let given = try Self.named(name)
        let tokenizer = try TextTokenizer(given.data())
        for (text, numbers) in zip(given.texts, given.numbers) {
            #expect(tokenizer(text, marks: true) == numbers, "\(text.debugDescription)")
        }
    }

    @Test("merges may be written as lines or as pairs")
    func mergesAsLines() throws {
        let given = try Self.named("llama")
        let data = try given.data { file in
            guard var model = file["model"] as? [String: Any],
                let merges = model["merges"] as? [[String]]
            else { return }
            model["merges"] = merges.map { $0.joined(separator: " ") }
            file["model"] = model
        }
        #expect(String(decoding: data, as: UTF8.self).contains("\"merges\":[\""))
        let tokenizer = try TextTokenizer(data)
        for (text, numbers) in zip(given.texts, given.numbers) {
            #expect(tokenizer(text, marks: true) == numbers)
        }
    }

    @Test("CLIP's two files give what its one file gives")
    func clipFiles() throws {
        let given = try Self.named("clip")
        let model = try #require(given.file["model"] as? [String: Any])
        let merges = try #require(model["merges"] as? [[String]])
        let lines = ["#version: 0.2"] + merges.map { $0.joined(separator: " ") }
        let tokenizer = try TextTokenizer(
            clip: JSONSerialization.data(withJSONObject: try #require(model["vocab"])),
            merges: Data((lines.joined(separator: "\n") + "\n").utf8)
        )
        let whole = try TextTokenizer(given.data())
        for text in given.texts { #expect(tokenizer(text) == whole(text)) }
    }

    @Test("names of marks are text in what a person typed")
    func marksAreText() throws {
        let given = try Self.named("llama")
        let tokenizer = try TextTokenizer(given.data())
        let mark = try #require(tokenizer.number(of: "<|begin|>"))
        #expect(tokenizer("a<|begin|>b", marks: true).contains(mark))
        #expect(!tokenizer("a<|begin|>b").contains(mark))
        #expect(tokenizer("<|begin|>") != [mark])
        #expect(tokenizer.count > mark)
        #expect(tokenizer.number(of: "<|nowhere|>") == nil)
    }

    @Test(
        "what is not known is refused by its name",
        arguments: [
            ("normalizer", ["type": "NFKC"], "NFKC"),
            ("normalizer", ["type": "NFC", "extra": 1], "normalizer.extra"),
            ("pre_tokenizer", ["type": "Whitespace"], "ByteLevel"),
            (
                "pre_tokenizer",
                [
                    "type": "Sequence",
                    "pretokenizers": [["type": "Punctuation"], ["type": "ByteLevel"]],
                ], "Punctuation"
            ),
            ("post_processor", ["type": "Own"], "Own"),
            ("surprise", ["type": "x"], "surprise"),
            ("model", ["type": "Unigram"], "Unigram"),
            ("model", ["type": "BPE", "byte_fallback": true], "byte_fallback"),
            ("model", ["type": "BPE", "vocab": ["a": 1], "merges": [String]()], "byte"),
        ] as [(String, [String: any Sendable], String)]
    )
    func unknownParts(key: String, value: [String: any Sendable], named: String) throws {
        let given = try Self.named("usual")
        let data = try given.data { $0[key] = value }
        let error = #expect(throws: TextTokensError.self) { try TextTokenizer(data) }
        #expect(error?.description.contains(named) == true, "\(error?.description ?? "")")
    }

    @Test(
        "expressions that are not known are refused",
        arguments: [
            "(a", "a)", "[a", "a**", "(ab)+", #"\w"#, #"\b"#, #"\p{Han}"#, "(?<=a)b", "(?<n>a)",
            "^a", "a.b",
            "[a&&b]", "[[:alpha:]]", "a{2", "a{3,1}", "[b-a]", "a\\", "[]",
        ]
    )
    func unknownExpressions(expression: String) throws {
        let given = try Self.named("usual")
        let split: [String: Any] = [
            "type": "Split", "pattern": ["Regex": expression], "behavior": "Isolated",
            "invert": false,
        ]
        let level: [String: Any] = ["type": "ByteLevel", "add_prefix_space": false]
        let data = try given.data {
            $0["pre_tokenizer"] = ["type": "Sequence", "pretokenizers": [split, level]]
        }
        let error = #expect(throws: TextTokensError.self) { try TextTokenizer(data) }
        #expect(error?.place == "pre_tokenizer.pretokenizers.0.pattern")
    }

    /// Facts of the tokenizer of Janus-Pro, whose vocabulary others own: `ATELIER_JANUS_TOKENIZER` names the file.
    @Test(
        "a published vocabulary gives its published numbers",
        .enabled(
            if: ProcessInfo.processInfo.environment["ATELIER_JANUS_TOKENIZER"] != nil,
            "ATELIER_JANUS_TOKENIZER names no tokenizer.json"
        ),
        arguments: [
            ("Hello, how are you?", [17464, 11, 946, 418, 340, 30]),
            (
                "A portrait of young girl. masterpiece, film grained, best quality.",
                [
                    32, 25233, 280, 2823, 5075, 13, 54575, 11, 6131, 7272, 1343, 11, 1608, 3512, 13,
                ]
            ),
            ("café au lait", [91774, 587, 23395, 446, 260]),
            ("naïve façade", [2490, 2865, 313, 3293, 1337, 927]),
            ("1234 cats", [16, 17, 18, 19, 22215]),
            ("一只戴着红帽子的猫，油画", [27618, 77591, 3952, 25841, 14276, 15425, 19304, 83611]),
            (
                "日本語とカタカナ",
                [10162, 13072, 239, 58372, 9156, 104, 93491, 9156, 104, 8550, 219]
            ),
            ("한국어", [76152, 91765, 242, 94627, 112]), ("🦊 fox", [10044, 99, 219, 32431]),
            ("x²+½=Ⅷ", [87, 12094, 10, 19109, 28, 51620, 100]), ("a\u{A0}b", [64, 1202, 65]),
            ("a\u{B}b", [64, 186, 65]), ("a\u{85}b", [64, 124, 214, 65]), ("tail  ", [16937, 243]),
            ("don't stop", [10314, 6, 83, 3070]), ("C++/C#", [34, 3953, 14, 34, 2]),
            ("\r\n\r\n", [188, 185, 188, 185]),
            ("ａｂｃ１２３", [68940, 210, 68940, 211, 68940, 212, 948, 226, 948, 227, 948, 228]),
        ]
    )
    func published(text: String, numbers: [Int]) throws {
        #expect(try Self.janus.get()(text) == numbers)
    }

    /// Read once.
    private static let janus = Result {
        let path = try #require(ProcessInfo.processInfo.environment["ATELIER_JANUS_TOKENIZER"])
        return try TextTokenizer(Data(contentsOf: URL(filePath: path)))
    }
}
