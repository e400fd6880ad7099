/// What can be said to a model: words with their sounds, and how likely they follow one another.
public struct SpokenVocabulary: Sendable {
    /// A word and the ways to say it.
    struct Entry: Sendable {
        let word: String
        let ways: [String]
    }

    /// The words, in order.
    let entries: [Entry]
    /// Words that no dictionary line tells the sound of; they cannot be recognised.
    public let leftOut: [String]
    /// How likely the words follow one another, in ARPA's form.
    public let languageModel: String

    /// The only things that can be asked for, with their words; empty where anything can.
    private let names: [(name: String, words: [String])]

    /// The most texts that are looked at, and words of a text.
    private static let (mostTexts, longestText) = (200_000, 40)

    /// How many words can be recognised.
    public var count: Int { entries.count }

    /// The words that can be recognised, in order.
    public var words: [String] { entries.map(\.word) }

    /// A vocabulary of what a model knows.
    ///
    /// - Parameters:
    ///   - texts: What it was told pictures are called: how words follow one another.
    ///   - words: What it knows beside; some words may be in no text.
    ///   - names: The only things that can be asked for, as classes are; empty where anything can.
    ///   - helpers: Words between others, as "the" and "with", which people say and captions leave out.
    ///   - read: The dictionary's lines of some words.
    /// - Throws: What reading throws; `SpeechError` where no word is left.
    public init(
        texts: [String],
        words: [String] = [],
        names: [String] = [],
        helpers: [String] = [],
        read: (Set<String>) throws -> PronunciationDictionary
    ) throws {
        self.names = names.map { ($0, SpokenWords.of($0)) }
        let said = (texts + names).prefix(Self.mostTexts).map(SpokenWords.of)
            .filter { (1...Self.longestText).contains($0.count) }
        let all = Set(said.joined()).union(words.flatMap(SpokenWords.of)).union(helpers)
            .filter { !SpokenWords.isIdeographic($0) }
        let dictionary = try read(Set(all.flatMap(PronunciationDictionary.names)))
        var entries: [Entry] = []
        var leftOut: [String] = []
        for word in all.sorted() {
            let ways = dictionary.ways(to: word)
            if ways.isEmpty {
                leftOut.append(word)
            } else {
                entries.append(Entry(word: word, ways: ways))
            }
        }
        let helping = Set(helpers)
        guard entries.contains(where: { !helping.contains($0.word) }) else {
            throw SpeechError(
                .wordless,
                at: "the model",
                "none of its \(leftOut.count) words is in the pronunciation dictionary",
                cure: "type the prompt, or name another acoustic model with --speech-model"
            )
        }
        let known = WordFollowing(words: entries.map(\.word), often: helping, texts: said)
        (self.entries, self.leftOut, languageModel) = (entries, leftOut, known.arpa)
    }

    /// What is asked for by words that were heard: the words, or the name that is nearest to them where only names can be
    /// asked for.
    public func text(of heard: [String]) -> String {
        let nearest = names.min { Self.distance($0.words, heard) < Self.distance($1.words, heard) }
        return nearest?.name ?? heard.joined(separator: " ")
    }

    /// How many words have to be changed, left out or added to come from one row to another.
    private static func distance(_ one: [String], _ other: [String]) -> Int {
        var row = Array(0...other.count)
        for (place, word) in one.enumerated() {
            var corner = place
            row[0] = place + 1
            for (column, heard) in other.enumerated() {
                let changed = corner + (word == heard ? 0 : 1)
                corner = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, corner + 1)
            }
        }
        return row[other.count]
    }
}
