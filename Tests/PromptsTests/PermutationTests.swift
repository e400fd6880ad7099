import Prompts
import Testing

@Suite struct PermutationTests {
    private static let kinds = ["realistic", "artistic"]
    private static let places = [
        "seagull on a pier", "seagull on a beach", "poodle on a sofa", "poodle in a truck",
    ]

    /// Texts with what the documentation says that they stand for.
    static let documented: [(String, [String])] = [
        ("a {red, green, yellow} bird", ["a red bird", "a green bird", "a yellow bird"]),
        (
            "a {red, green} bird in the {jungle, desert}",
            [
                "a red bird in the jungle", "a red bird in the desert",
                "a green bird in the jungle", "a green bird in the desert",
            ]
        ),
        (
            "A {sculpture, painting} of a {seagull {on a pier, on a beach},"
                + " poodle {on a sofa, in a truck}}.",
            places.map { "A sculpture of a \($0)." } + places.map { "A painting of a \($0)." }
        ),
        ("{red, pastel \\, yellow} bird", ["red bird", "pastel, yellow bird"]),
        ("bird --ar {3:2, 1:1}", ["bird --ar 3:2", "bird --ar 1:1"]),
        ("bird --{v 5, niji, test}", ["bird --v 5", "bird --niji", "bird --test"]),
        (
            "{realistic, artistic} scene --v {5.2, 6 {, --style raw}}",
            kinds.flatMap { kind in
                ["\(kind) scene --v 5.2", "\(kind) scene --v 6", "\(kind) scene --v 6 --style raw"]
            }
        ),
        (
            "beautiful woman{::, ::2, ::0.3, \\,} sports car",
            [
                "beautiful woman:: sports car", "beautiful woman::2 sports car",
                "beautiful woman::0.3 sports car", "beautiful woman, sports car",
            ]
        ),
        ("  plain \t words\n", ["plain words"]), ("{}", [""]), ("a \\{b\\}", ["a {b}"]),
        ("a \\b \\", ["a \\b \\"]), ("a, b", ["a, b"]),
    ]

    @Test(arguments: documented)
    func bracesStandForPrompts(_ text: String, _ expected: [String]) throws {
        #expect(try Permutations.expanded(text, limit: 40) == expected)
    }

    @Test(
        arguments: [
            ("a {b", 3), ("a } b", 3), ("{a, {b}", 1), ("a {b, c}}", 9),
            (String(repeating: "{", count: 17), 17),
        ])
    func bracesWithoutPartnersAreNamed(_ text: String, _ column: Int) {
        let error = #expect(throws: PromptError.self) {
            try Permutations.expanded(text, limit: 40)
        }
        #expect(error?.kind == .braces)
        #expect(error?.column == column)
    }

    /// The options of the groups, the last group's changing fastest, are what the texts were made of.
    @Test(arguments: [
        "a {red, blue} {apple, car, big {tree, house}}", "{a,b}{c}{d,e}", "no groups",
        "{,x} y {\\,,z}",
    ])
    func optionsAreThoseOfTheTexts(_ text: String) throws {
        let options = try Permutations.options(of: text, limit: 1000)
        let texts = try Permutations.expanded(text, limit: 1000)
        #expect(options.reduce(1) { $0 * $1.count } == texts.count)
        for (place, text) in texts.enumerated() {
            var rest = place
            for group in options.reversed() {
                let option = group[rest % group.count]
                #expect(option.isEmpty || text.contains(option), "\(text): \(group)")
                rest /= group.count
            }
        }
    }

    @Test func tooManyAreCountedAndRefused() throws {
        #expect(try Permutations.expanded("{1,2}{1,2}{1,2}", limit: 8).count == 8)
        let error = #expect(throws: PromptError.self) {
            try Permutations.expanded("{1,2}{1,2}{1,2}", limit: 7)
        }
        #expect(error?.kind == .tooMany)
        #expect(error?.description.contains("8 prompts") == true)
        let endless = #expect(throws: PromptError.self) {
            try Permutations.expanded(String(repeating: "{a,b}", count: 6000), limit: 40)
        }
        #expect(endless?.kind == .tooMany)
    }
}
