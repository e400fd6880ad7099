import Foundation
import Speech
import Testing

/// What can be said to a model.
@Suite struct VocabularyTests {
    private let lines = """
        a AH
        a(2) EY
        Red R EH D
        apple AE P AH L
        cherry CH EH R IY
        hundred HH AH N D R AH D
        one W AH N
        pinata P IY N AA T AH
        three TH R IY
        twenty T W EH N T IY

        nothing
        """

    private func vocabulary(
        _ texts: [String],
        _ words: [String] = [],
        helpers: [String] = ["a"]
    ) throws -> SpokenVocabulary {
        try SpokenVocabulary(texts: texts, words: words, helpers: helpers) {
            PronunciationDictionary(Data(lines.utf8), of: $0)
        }
    }

    /// The logarithms of a model in ARPA's form, by rows of words.
    private func rows(_ arpa: String) -> [String: (share: Double, rest: Double?)] {
        var found: [String: (Double, Double?)] = [:]
        for line in arpa.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            guard let share = parts.first.flatMap(Double.init), parts.count > 1 else { continue }
            let rest = Double(parts[parts.count - 1])
            let words = parts.dropFirst().dropLast(rest == nil || parts.count < 3 ? 0 : 1)
            found[words.joined(separator: " ")] = (share, rest)
        }
        return found
    }

    @Test func wordsWithoutSoundAreLeftOutAndCounted() throws {
        let found = try vocabulary(["red apple", "hexagon"], ["cherry", "红苹果", "zyzzyva"])
        #expect(found.words == ["a", "apple", "cherry", "red"])
        #expect(found.leftOut == ["hexagon", "zyzzyva"])
    }

    @Test func numbersAndAccentsAreSaid() throws {
        let found = try vocabulary(["3 red", "123", "Piñata!", "999"])
        #expect(found.words == ["123", "3", "a", "piñata", "red"])
        #expect(found.leftOut == ["999"])
    }

    @Test func whatIsHeardBecomesTheNearestName() throws {
        let names = ["Red Cherry", "red-apple", "pinata"]
        let found = try SpokenVocabulary(texts: [], names: names) {
            PronunciationDictionary(Data(lines.utf8), of: $0)
        }
        #expect(found.words == ["apple", "cherry", "pinata", "red"])
        #expect(found.text(of: ["red", "cherry"]) == "Red Cherry")
        #expect(
            found.text(of: ["apple"]) == "red-apple" && found.text(of: ["a", "pinata"]) == "pinata"
        )
        #expect(try vocabulary(["red apple"]).text(of: ["apple", "red"]) == "apple red")
    }

    @Test func aModelWithoutWordsIsRefused() {
        #expect(throws: SpeechError.self) { try vocabulary(["hexagon"]) }
        #expect(throws: SpeechError.self) { try vocabulary([]) }
    }

    @Test func likelihoodsSumToOne() throws {
        let texts = ["red apple", "red apple", "red cherry", "a red apple", "hexagon apple"]
        let found = rows(try vocabulary(texts, ["three"]).languageModel)
        let words = ["a", "apple", "cherry", "red", "three", "</s>"]
        func share(_ word: String, after before: [String]) -> Double {
            if let row = found[(before + [word]).joined(separator: " ")] {
                return pow(10, row.share)
            }
            guard !before.isEmpty else { return 0 }
            let rest = found[before.joined(separator: " ")]?.rest ?? 0
            return pow(10, rest) * share(word, after: Array(before.dropFirst()))
        }
        let befores = [
            [], ["<s>"], ["red"], ["<s>", "red"], ["a", "red"], ["red", "apple"],
            ["cherry", "three"],
        ]
        for before in befores {
            let sum = words.reduce(0) { $0 + share($1, after: before) }
            #expect(abs(sum - 1) < 0.01, "after \(before): \(sum)")
        }
        #expect(share("apple", after: ["<s>", "red"]) > 3 * share("cherry", after: ["red"]) / 2)
        #expect(share("three", after: ["red"]) > 0.001, "what no text has can be said")
        #expect(found["hexagon"] == nil && found["<s>"]?.share == -99)
    }

    @Test func aDictionaryOfAnythingIsRead() {
        for text in ["", "\n\n", "word", " leading", "(", "((2) A", "\u{0}\u{0} \u{0}", "a  \n"] {
            let found = PronunciationDictionary(Data(text.utf8), of: ["a", "word", "(", "leading"])
            #expect(found.ways(to: "a").isEmpty)
        }
        let found = PronunciationDictionary(Data(lines.utf8), of: ["a", "red", "twenty", "three"])
        #expect(found.ways(to: "a") == ["AH", "EY"] && found.ways(to: "red") == ["R EH D"])
        #expect(found.ways(to: "23") == ["T W EH N T IY TH R IY"])
        #expect(found.ways(to: "apple").isEmpty, "only what is wanted is kept")
    }
}
