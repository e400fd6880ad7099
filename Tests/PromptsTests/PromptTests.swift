import Prompts
import Testing

@Suite struct PromptTests {
    private func one(_ text: String) throws -> Prompt {
        let prompts = try Prompt.all(of: text)
        #expect(prompts.count == 1)
        return try #require(prompts.first)
    }

    /// The documentation's own weights.
    static let weights: [(String, [(String, Double)])] = [
        ("space ship", [("space ship", 1)]),
        ("space:: ship", [("space", 0.5), ("ship", 0.5)]),
        ("space::2 ship", [("space", 2.0 / 3), ("ship", 1.0 / 3)]),
        ("hot dog::1.5 food::-1", [("hot dog", 3), ("food", -2)]),
        ("hot dog:: food::-1 animal", [("hot dog", 1), ("food", -1), ("animal", 1)]),
        ("cheese::2 cake", [("cheese", 2.0 / 3), ("cake", 1.0 / 3)]),
        (
            "still life gouache painting:: fruit::-.5",
            [("still life gouache painting", 2), ("fruit", -1)]
        ),
        ("cat --no hat", [("cat", 2), ("hat", -1)]),
        ("cat::4 --no red hat, dog", [("cat", 4.0 / 3), ("red hat", -1.0 / 6), ("dog", -1.0 / 6)]),
    ]

    @Test(arguments: weights)
    func weightsSumToOne(_ text: String, _ expected: [(String, Double)]) throws {
        let parts = try one(text).normalised
        #expect(parts.map(\.text) == expected.map(\.0))
        for (part, wanted) in zip(parts, expected) {
            #expect(abs(part.weight - wanted.1) < 1e-12)
        }
    }

    @Test(arguments: ["a::-1", "a:: b::-1", "a:: b::-1 --no c", "a::0", "a::1,5,2 b"])
    func weightsAboveNothingAreNeeded(_ text: String) {
        let error = #expect(throws: PromptError.self) { try Prompt.all(of: text) }
        #expect(error?.kind == .weights)
    }

    /// However long the list, half of what is wanted stays, and all of it is avoided.
    @Test(
        arguments: 1...40,
        ["cat", "cat::0.2", "cat::3 dog::0.5", "cat:: dog::-0.4", "x.png cat"]
    )
    func listsOfThingsAreAvoided(_ count: Int, _ wanted: String) throws {
        let things = (0..<count).map { "thing \($0)" }
        let prompt = try one("\(wanted) --no \(things.joined(separator: ", "))")
        let avoided = prompt.parts.suffix(count)
        #expect(avoided.map(\.text) == things)
        #expect(avoided.allSatisfy { $0.weight < 0 && $0.weight >= -0.5 })
        let shares = prompt.shares
        #expect(abs(shares.parts.reduce(shares.pictures, +) - 1) < 1e-9)
        #expect(try one(prompt.typed) == prompt)
    }

    @Test func longDashesAreTwoShortOnes() throws {
        for dashes in ["--", "—", "–"] {
            let prompt = try one("a red-brown fox \(dashes)chaos 20 \(dashes)tile")
            #expect(prompt.text == "a red-brown fox")
            #expect(prompt.parameters.chaos == 20)
            #expect(prompt.parameters.has(.tile))
        }
        // Dashes between words are words.
        #expect(try one("night — day -- dusk").text == "night — day -- dusk")
    }

    @Test func picturesComeFirst() throws {
        let prompt = try one("a.png b.JPG a red apple --iw 2")
        #expect(prompt.pictures == ["a.png", "b.JPG"])
        #expect(prompt.text == "a red apple")
        #expect(try one("a.png b.png").parts.isEmpty)
        // The documentation's shares: a::2 b::3 with --iw 1.
        let shares = try one("x.png a::2 b::3 --iw 1").shares
        #expect(shares.parts == [2.0 / 6, 3.0 / 6])
        #expect(shares.pictures == 1.0 / 6)
        #expect(try one("apple").shares.pictures == 0)
    }

    @Test(
        arguments: [
            ("", PromptError.Kind.empty), ("   ", .empty), ("::", .empty), ("--no leaf", .weights),
            ("a.png", .picture), ("https://example.org/a.png cat", .picture),
            ("a\u{0}b", .character), ("a\u{1B}[31m", .character),
            (String(repeating: "a", count: 40_000), .tooLong), ("cat --wierd 3", .unknownParameter),
            ("cat --uplight", .unsupported), ("cat --h 3", .unsupported),
            ("cat --tile dog", .value),
            ("cat --seed 1 --seed 2", .value), ("cat --seed 1 --sameseed 2", .value),
            ("cat --no", .value), ("cat --ar 1.39:1", .value), ("cat --ar 0:1", .value),
            ("cat --chaos", .value), ("cat --quality 3", .value), ("cat --iw nan", .value),
        ])
    func whatCannotBeReadIsNamed(_ text: String, _ kind: PromptError.Kind) {
        let error = #expect(throws: PromptError.self) { try Prompt.all(of: text) }
        #expect(error?.kind == kind)
        #expect(error?.description.isEmpty == false)
    }

    /// Every range at its edges and one beyond.
    @Test(arguments: PromptParameter.allCases)
    func rangesEndWhereTheySay(_ parameter: PromptParameter) throws {
        func takes(_ value: String) -> Bool {
            (try? Prompt.all(of: "cat --\(parameter.rawValue) \(value)")) != nil
        }
        switch parameter.value {
        case .whole(let range), .optional(let range):
            // --repeat is bounded by the jobs, too.
            #expect(takes("\(range.lowerBound)") && takes("\(range.upperBound)"))
            #expect(!takes("\(range.lowerBound - 1)") && !takes("\(range.upperBound + 1)"))
            #expect(!takes("1.5"))
        case .number(let range):
            #expect(takes("\(range.lowerBound)") && takes("\(range.upperBound)"))
            #expect(!takes("\(range.lowerBound - 0.1)") && !takes("\(range.upperBound + 0.1)"))
        case .choice(let choices):
            for choice in choices { #expect(takes("\(choice)")) }
            #expect(!takes("\((choices.max() ?? 0) + 1)"))
        case .ratio:
            #expect(takes("139:100") && !takes("3:0") && !takes("3"))
        case .text:
            #expect(takes("x") && !takes(""))
        case .codes:
            #expect(takes("4294967295") && !takes("4294967296") && !takes("x"))
        case .updates:
            #expect(takes("x") && takes("x:-10, y:10") && !takes("x:10.5") && !takes(""))
        case .colour:
            for colour in ["orange", "Grey", "橙色", "#f80", "FF8800", "transparent"] {
                #expect(takes(colour))
            }
            for other in ["", "blurple", "#12345", "#ggg", "12", "#ff88001"] {
                #expect(!takes(other))
            }
        case .list:
            #expect(takes("x") && !takes(",") && !takes(""))
        case .nothing:
            #expect(takes("") && !takes("1"))
        }
    }

    @Test func namesHaveShortForms() throws {
        let parameters = try one("cat --AR 3:2 --s 250 --c 5 --w 7 --q 2 --v emoji --r 2")
            .parameters
        #expect(parameters.aspect == (3, 2))
        #expect(parameters.stylize == 250 && parameters.chaos == 5 && parameters.weird == 7)
        #expect(parameters.quality == 2 && parameters.model == "emoji")
        #expect(parameters.repetitions == 2)
        #expect(
            parameters.text
                == "--aspect 3:2 --chaos 5 --stylize 250 --weird 7 --quality 2 --version emoji --repeat 2"
        )
    }

    @Test func jobsAreCountedTogether() throws {
        #expect(try Prompt.all(of: "{a, b} --repeat 20").count == 2)
        let error = #expect(throws: PromptError.self) {
            try Prompt.all(of: "{a, b, c} --repeat 20")
        }
        #expect(error?.kind == .tooMany)
    }

    /// What was read can be typed again.
    @Test(
        arguments: [
            "a red apple", "cat::2 dog::-0.5 --chaos 3", "fox --no hat --seed 7",
            "x.png y.png a fox --iw 0.5 --tile",
            "a \\{round\\} fox --no \\{, \\}",
        ])
    func textsComeBack(_ text: String) throws {
        let prompt = try one(text)
        #expect(try one(prompt.typed) == prompt)
    }

    @Test func whatAModelCannotFollowIsRefused() throws {
        let support = ParameterSupport(model: "emoji", reasons: [.niji: "it knows no anime"])
        try support.check(one("cat --tile").parameters)
        let error = #expect(throws: PromptError.self) {
            try support.check(one("cat --niji").parameters)
        }
        #expect(error?.description.contains("emoji") == true)
        #expect(error?.description.contains("--niji") == true)
    }
}
