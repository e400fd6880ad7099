/// The prompts that alternatives in braces stand for: `a {red, green} bird` is two.
///
/// Groups multiply from left to right, the rightmost fastest, and may nest; options lose the space
/// around them and may be empty. `\,`, `\{` and `\}` are the characters themselves.
///
/// Source: Midjourney's documentation, Permutation Prompts.
public enum Permutations {
    /// How deep groups may nest.
    public static let depth = 16

    /// All prompts of a text, spaces put in order.
    ///
    /// - Parameters:
    ///   - text: With or without braces.
    ///   - limit: How many prompts are taken.
    /// - Returns: One for each choice of options.
    /// - Throws: `PromptError` with the brace that has no partner, or how many prompts there are.
    public static func expanded(_ text: String, limit: Int) throws(PromptError) -> [String] {
        try sequence(of: text, limit: limit).texts.map(finished)
    }

    /// The options of each group of a text, from left to right; those of groups within options are written out.
    ///
    /// `expanded(_:limit:)` gives one text for each choice of them, the last group's changing fastest.
    ///
    /// - Throws: What `expanded(_:limit:)` throws.
    public static func options(of text: String, limit: Int) throws(PromptError) -> [[String]] {
        try sequence(of: text, limit: limit).items.compactMap { item in
            guard case .group(let options) = item else { return nil }
            return options.flatMap(\.texts).map(finished)
        }
    }

    /// What a text stands for, no more than so many texts.
    private static func sequence(of text: String, limit: Int) throws(PromptError) -> Sequence {
        var reader = Reader(characters: Array(text))
        let sequence = try reader.sequence(depth: 0)
        let count = sequence.count
        guard count <= limit else {
            let found = count == .max ? "more than can be counted" : "\(count)"
            throw PromptError(
                .tooMany,
                "the braces stand for \(found) prompts, expected \(limit) at most; use fewer options"
            )
        }
        return sequence
    }

    /// Texts and groups, one after the other.
    private struct Sequence {
        var items: [Item] = []

        /// How many texts it stands for; the largest number for more than can be counted.
        var count: Int {
            items.reduce(1) { count, item in
                let (product, isOver) = count.multipliedReportingOverflow(by: item.count)
                return isOver ? .max : product
            }
        }

        var texts: [String] {
            items.reduce([""]) { texts, item in
                texts.flatMap { text in item.texts.map { text + $0 } }
            }
        }
    }

    private enum Item {
        case text(String)
        case group([Sequence])

        var count: Int {
            switch self {
            case .text: 1
            case .group(let options):
                options.reduce(0) { sum, option in
                    let (total, isOver) = sum.addingReportingOverflow(option.count)
                    return isOver ? .max : total
                }
            }
        }

        var texts: [String] {
            switch self {
            case .text(let text): [text]
            case .group(let options): options.flatMap(\.texts)
            }
        }
    }

    /// Goes through the characters once.
    private struct Reader {
        let characters: [Character]
        var place = 0

        /// Texts and groups up to the end, or to the comma or brace that ends an option.
        mutating func sequence(depth: Int) throws(PromptError) -> Sequence {
            var sequence = Sequence()
            var text = ""
            func close() {
                if !text.isEmpty { sequence.items.append(.text(text)) }
                text = ""
            }
            while place < characters.count {
                let character = characters[place]
                if character == "\\", place + 1 < characters.count {
                    text += String(characters[place...place + 1])
                    place += 2
                } else if character == "{" {
                    close()
                    sequence.items.append(.group(try options(depth: depth + 1)))
                } else if depth > 0, character == "," || character == "}" {
                    break
                } else if character == "}" {
                    throw PromptError(
                        .braces,
                        "this } closes nothing; write \\} for the character itself",
                        column: place + 1
                    )
                } else {
                    text.append(character)
                    place += 1
                }
            }
            close()
            return sequence
        }

        /// The options of a group, which starts here.
        private mutating func options(depth: Int) throws(PromptError) -> [Sequence] {
            let start = place
            guard depth <= Permutations.depth else {
                throw PromptError(
                    .braces,
                    "braces nest deeper than \(Permutations.depth); use fewer levels",
                    column: start + 1
                )
            }
            var options: [Sequence] = []
            repeat {
                place += 1
                options.append(trimmed(try sequence(depth: depth)))
            } while place < characters.count && characters[place] == ","
            guard place < characters.count else {
                throw PromptError(
                    .braces,
                    "this { is never closed; add }, or write \\{ for the character itself",
                    column: start + 1
                )
            }
            place += 1
            return options
        }

        /// An option without the space around it.
        private func trimmed(_ option: Sequence) -> Sequence {
            var option = option
            if case .text(let text)? = option.items.first {
                option.items[0] = .text(String(text.drop(while: \.isWhitespace)))
            }
            if case .text(let text)? = option.items.last {
                let kept = text.reversed().drop(while: \.isWhitespace).reversed()
                option.items[option.items.count - 1] = .text(String(kept))
            }
            return option
        }
    }

    /// Spaces in order, and what was escaped as itself.
    private static func finished(_ text: String) -> String {
        var result: [Character] = []
        var isEscaped = false
        for character in text {
            if isEscaped {
                isEscaped = false
                if character == "," {
                    while result.last?.isWhitespace == true { result.removeLast() }
                } else if character != "{", character != "}" {
                    result.append("\\")
                }
                result.append(character)
            } else if character == "\\" {
                isEscaped = true
            } else if character.isWhitespace {
                if let last = result.last, !last.isWhitespace { result.append(" ") }
            } else {
                result.append(character)
            }
        }
        if isEscaped { result.append("\\") }
        while result.last?.isWhitespace == true { result.removeLast() }
        return String(result)
    }
}
