import Foundation

/// What is known of things, in sentences: "a tomato is red", "a snowman stands in the snow", "番茄是红色的".
///
/// A file has one a line; `#` begins a remark, and a line may begin with `-`, so that a list in YAML is read as well.
public struct ThingFacts: Sendable, Equatable {
    /// What a sentence says.
    enum Saying: Sendable, Equatable {
        /// The thing's usual colour, as a word before it.
        case colour(String)
        /// Where it usually is: words behind it, or before it in Chinese.
        case place(String)
    }

    /// One sentence.
    struct Fact: Sendable, Equatable {
        /// The thing's words in small letters; in Chinese one.
        let thing: [String]
        let saying: Saying
        let isChinese: Bool
        /// As it is written.
        let sentence: String
    }

    /// In the order of the file.
    let facts: [Fact]
    /// The file, for what is said of contradictions.
    let origin: String

    /// Nothing is known.
    public init() { (facts, origin) = ([], "") }

    /// The facts of a text.
    ///
    /// - Parameters:
    ///   - text: A line each.
    ///   - origin: What errors call the text: its path.
    /// - Throws: `KnowledgeError` for a line that says nothing known, and for two that contradict each other.
    public init(_ text: String, origin: String) throws(KnowledgeError) {
        var facts: [Fact] = []
        var lines: [Int] = []
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
        let forms = FactForms()
        for (index, row) in rows.enumerated() {
            let sentence = ThingFacts.sentence(of: String(row))
            guard !sentence.isEmpty else { continue }
            let place = "\(origin):\(index + 1)"
            guard let fact = forms.fact(sentence) else {
                throw KnowledgeError(
                    "'\(sentence)' says no colour and no place",
                    at: place,
                    cure:
                        "write 'a tomato is red', 'a snowman stands in the snow', '番茄是红色的' or '雪人在雪地里'"
                )
            }
            let other = facts.firstIndex {
                $0.thing == fact.thing && $0.saying.isOfOneKind(with: fact.saying)
            }
            if let other {
                guard facts[other].saying == fact.saying else {
                    throw KnowledgeError(
                        "'\(sentence)' contradicts '\(facts[other].sentence)' in line \(lines[other])",
                        at: place,
                        cure: "leave one of them out"
                    )
                }
                continue
            }
            facts.append(fact)
            lines.append(index + 1)
            guard facts.count <= ThingFacts.most else {
                throw KnowledgeError(
                    "there are more than \(ThingFacts.most) facts",
                    at: place,
                    cure: "leave out what the model knows by itself"
                )
            }
        }
        (self.facts, self.origin) = (facts, origin)
    }

    /// The facts of a file.
    ///
    /// - Throws: `KnowledgeError` for a file that cannot be read, or is none.
    public init(contentsOf file: URL) throws(KnowledgeError) {
        guard let data = try? Data(contentsOf: file), let text = String(data: data, encoding: .utf8)
        else {
            throw KnowledgeError(
                "cannot be read as text in UTF-8",
                at: file.path,
                cure: "name a file of facts, one a line"
            )
        }
        try self.init(text, origin: file.path)
    }

    /// The user's own file.
    public static var ownFile: URL { SettingsFolder.url.appending(path: "knowledge.yaml") }

    /// The user's own facts; none where there is no file.
    ///
    /// - Throws: `KnowledgeError` for a file that is none.
    public static func own() throws(KnowledgeError) -> ThingFacts {
        FileManager.default.fileExists(atPath: ownFile.path)
            ? try ThingFacts(contentsOf: ownFile) : ThingFacts()
    }

    /// Facts of a file at most: each is looked for in each prompt.
    private static let most = 10_000

    /// What a line says, without the marks of a list, a remark and a full stop.
    private static func sentence(of row: String) -> String {
        var text = row.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("#") { return "" }
        if let remark = text.range(of: " #") { text = String(text[..<remark.lowerBound]) }
        if text.hasPrefix("- ") { text = String(text.dropFirst(2)) }
        return text.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'.。\r\u{FEFF}"))
    }
}

extension ThingFacts.Saying {
    /// Whether both say a colour, or both a place.
    func isOfOneKind(with other: ThingFacts.Saying) -> Bool {
        switch (self, other) {
        case (.colour, .colour), (.place, .place): true
        default: false
        }
    }
}
