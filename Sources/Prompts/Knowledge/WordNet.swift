import Foundation

/// English nouns and what they are a kind of, as WordNet's files have them.
///
/// Source: Miller, "WordNet: a lexical database for English", 1995; the formats are those of its manual
/// pages `wndb` and `morphy`. The files are mapped into memory and searched where they lie, so that opening
/// them costs nothing.
public struct WordNet: Sendable {
    /// Words that mean one thing, with what it is a kind of.
    public struct Meaning: Sendable, Equatable {
        /// Where it stands in `data.noun`: its number.
        public let number: Int
        /// The topic of the lexicographers' file, by its number; 3 holds what is most general.
        public let topic: Int
        /// The words, the usual one first, with spaces; names have large letters.
        public let words: [String]
        /// What it is a kind of, or an instance of.
        public let kinds: [Int]
        /// What is a kind of it.
        public let members: [Int]
        /// What it is, in a few words.
        public let definition: String
    }

    private let index: Data
    private let data: Data
    private let exceptions: [String: [String]]

    /// Opens the files of a folder.
    ///
    /// - Parameter folder: It holds `index.noun`, `data.noun` and, where irregular plurals are to be known,
    ///   `noun.exc`.
    /// - Throws: `KnowledgeError` for files that are missing or no WordNet.
    public init(contentsOf folder: URL) throws(KnowledgeError) {
        func file(_ name: String) throws(KnowledgeError) -> Data {
            let place = folder.appending(path: name)
            guard let bytes = try? Data(contentsOf: place, options: .mappedIfSafe) else {
                throw KnowledgeError(
                    "cannot be read",
                    at: place.path,
                    cure: "get WordNet with 'atelier data fetch wordnet'"
                )
            }
            return bytes
        }
        try self.init(
            index: try file("index.noun"),
            nouns: try file("data.noun"),
            exceptions: (try? Data(contentsOf: folder.appending(path: "noun.exc"))) ?? Data(),
            origin: folder.path
        )
    }

    /// Takes the files' contents.
    ///
    /// - Parameters:
    ///   - index: Words with the numbers of their meanings, sorted by bytes.
    ///   - nouns: Meanings, each at the place that is its number.
    ///   - exceptions: Irregular plurals.
    ///   - origin: What errors call it.
    /// - Throws: `KnowledgeError` for what is no WordNet.
    public init(
        index: Data,
        nouns: Data,
        exceptions: Data,
        origin: String
    ) throws(KnowledgeError) {
        (self.index, data) = (index, nouns)
        self.exceptions = Dictionary(
            String(decoding: exceptions, as: UTF8.self).split(whereSeparator: \.isNewline)
                .compactMap { line in
                    let words = line.split(separator: " ").map { WordNet.plain(String($0)) }
                    return words.count > 1 ? (words[0], Array(words.dropFirst())) : nil
                },
            uniquingKeysWith: +
        )
        guard !meanings(of: "entity").isEmpty else {
            throw KnowledgeError(
                "is no WordNet: it does not know what an entity is",
                at: origin,
                cure: "name a folder with index.noun and data.noun of one release"
            )
        }
    }

    /// What a word may mean.
    ///
    /// - Parameter word: With spaces between words; its case does not matter.
    /// - Returns: The commonest first; none for a word that is not there as it stands.
    public func meanings(of word: String) -> [Meaning] {
        numbers(of: word).compactMap(meaning)
    }

    /// The forms under which a word may be found: itself, then without accents and a plural's ending.
    ///
    /// Source: the rules of detachment of `morphy`.
    public func forms(of word: String) -> [String] {
        let word = word.lowercased()
        var forms = [word] + (exceptions[word] ?? [])
        forms.append(word.folding(options: .diacriticInsensitive, locale: nil))
        for (ending, other) in WordNet.endings
        where word.hasSuffix(ending) && word.count > ending.count + 1 {
            forms.append(word.dropLast(ending.count) + other)
        }
        var seen: Set<String> = []
        return forms.filter { seen.insert($0).inserted }
    }

    /// The meaning of a number; nothing where none begins there.
    public func meaning(_ number: Int) -> Meaning? {
        guard number >= 0, number < data.count, let line = WordNet.line(of: data, from: number)
        else { return nil }
        return Meaning(line, at: number)
    }

    /// The numbers of a word's meanings, found by halving: lines are sorted by their bytes.
    private func numbers(of word: String) -> [Int] {
        let lemma = word.lowercased().replacing(" ", with: "_")
        guard !lemma.isEmpty else { return [] }
        let key = Array((lemma + " ").utf8)
        var (low, high) = (0, index.count)
        while low < high {
            let start = WordNet.start(of: index, around: (low + high) / 2)
            guard let line = WordNet.line(of: index, from: start) else { return [] }
            if line.starts(with: key) {
                let fields = line.split(separator: UInt8(ascii: " "))
                    .map { String(decoding: $0, as: UTF8.self) }
                guard fields.count > 2, let count = Int(fields[2]), count > 0 else { return [] }
                return fields.suffix(count).compactMap { Int($0) }
            }
            if line.lexicographicallyPrecedes(key) {
                low = start + line.count + 1
            } else {
                high = start
            }
        }
        return []
    }

    /// Where the line around a place begins.
    private static func start(of bytes: Data, around place: Int) -> Int {
        var start = min(place, bytes.count)
        while start > 0, bytes[bytes.startIndex + start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return start
    }

    /// The line that begins at a place; nothing for one longer than any of WordNet.
    private static func line(of bytes: Data, from start: Int) -> Data? {
        let rest = bytes.dropFirst(start)
        guard let end = rest.prefix(limit).firstIndex(of: UInt8(ascii: "\n")) else {
            return rest.count < limit ? rest : nil
        }
        return rest[rest.startIndex..<end]
    }

    private static let limit = 1 << 16

    private static let endings = [
        ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"),
        ("shes", "sh"), ("men", "man"), ("ies", "y"),
    ]

    /// A word of a file as people type it.
    private static func plain(_ word: String) -> String {
        word.lowercased().replacing("_", with: " ")
    }
}

extension WordNet.Meaning {
    /// Reads a line of `data.noun`; nothing for one that is no meaning.
    fileprivate init?(_ line: Data, at number: Int) {
        let facts = line.prefix { $0 != UInt8(ascii: "|") }
        var fields = facts.split(separator: UInt8(ascii: " "))
            .map { String(decoding: $0, as: UTF8.self) }[...]
        guard fields.popFirst().flatMap({ Int($0) }) == number,
            let topic = fields.popFirst().flatMap({ Int($0) }), fields.popFirst() == "n",
            let count = fields.popFirst().flatMap({ Int($0, radix: 16) }),
            (1...0xFFFF).contains(count),
            fields.count > 2 * count
        else { return nil }
        let words = stride(from: 0, to: 2 * count, by: 2)
            .map { fields[fields.startIndex + $0].replacing("_", with: " ") }
        fields = fields.dropFirst(2 * count + 1)
        var (kinds, members): ([Int], [Int]) = ([], [])
        while fields.count >= 4, let symbol = fields.popFirst(),
            let other = fields.popFirst().flatMap({ Int($0) })
        {
            fields = fields.dropFirst(2)
            switch symbol {
            case "@", "@i": kinds.append(other)
            case "~", "~i": members.append(other)
            default: break
            }
        }
        let gloss = String(decoding: line.dropFirst(facts.count + 1), as: UTF8.self)
        self.init(
            number: number,
            topic: topic,
            words: words,
            kinds: kinds,
            members: members,
            definition: gloss.prefix { $0 != ";" && $0 != "\"" }
                .trimmingCharacters(in: .whitespaces)
        )
    }
}
