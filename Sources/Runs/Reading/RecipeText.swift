import Yams

/// Turns YAML into nodes; duplicate keys become problems instead of ending the reading.
struct RecipeText {
    /// Largest text that is read.
    ///
    /// Units: bytes of UTF-8.
    static let limit = 1 << 20
    private static let deepest = 32
    /// Keys given twice that are all named; each asks for the text to be read once more.
    private static let mostDuplicates = 8
    private static let duplicateMark = "duplicate\u{B7}"

    let source: String
    let collector: ProblemCollector
    /// The origin of everything read, when it is not a place in the text.
    var origin: RecipeOrigin?

    /// The top of a text.
    ///
    /// - Throws: `RecipeError/malformed(source:reason:)`.
    func node(_ yaml: String) throws(RecipeError) -> RecipeNode {
        guard yaml.utf8.count <= Self.limit else {
            throw .malformed(source: source, reason: "it is longer than \(Self.limit) bytes")
        }
        guard let root = try composed(yaml) else {
            return RecipeNode(value: .section([]), origin: origin)
        }
        return try converted(root, path: [])
    }

    /// Composes, marking one key of each pair of duplicates until none is left.
    private func composed(_ yaml: String) throws(RecipeError) -> Node? {
        var yaml = yaml
        var duplicates = 0
        while true {
            do {
                return try Yams.compose(yaml: yaml, .basic)
            } catch YamlError.duplicatedKeysInMapping(_, let context) {
                duplicates += 1
                guard duplicates <= Self.mostDuplicates else {
                    throw .malformed(
                        source: source,
                        reason:
                            "more than \(Self.mostDuplicates) keys are given twice, one of them in line"
                            + " \(context.mark.line)"
                    )
                }
                guard let marked = Self.marking(yaml, at: context.mark) else {
                    throw .malformed(source: source, reason: "a key is given twice: \(context)")
                }
                yaml = marked
            } catch {
                throw .malformed(source: source, reason: "\(error)")
            }
        }
    }

    /// Puts the mark into the key at a place; `nil` when there is no line or the key is no plain word.
    private static func marking(_ yaml: String, at mark: Mark) -> String? {
        var lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        var text = String(lines[mark.line - 1])
        let line = text.unicodeScalars
        guard
            var index = line.index(
                line.startIndex,
                offsetBy: mark.column - 1,
                limitedBy: line.endIndex
            ),
            index < line.endIndex
        else { return nil }
        if line[index] == "\"" || line[index] == "'" { index = line.index(after: index) }
        guard index < line.endIndex, line[index].properties.isAlphabetic else { return nil }
        text.insert(contentsOf: duplicateMark, at: index)
        lines[mark.line - 1] = text[...]
        return lines.joined(separator: "\n")
    }

    private func converted(_ node: Node, path: [String]) throws(RecipeError) -> RecipeNode {
        guard path.count <= Self.deepest else {
            throw .malformed(source: source, reason: "it is nested more than \(Self.deepest) deep")
        }
        let origin = place(node)
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .plain && scalar.style != .any
            return RecipeNode(
                value: .scalar(scalar.string, isQuoted: isQuoted),
                origin: origin
            )
        case .sequence(let sequence):
            var items: [RecipeNode] = []
            for (index, item) in sequence.enumerated() {
                items.append(try converted(item, path: path + ["[\(index)]"]))
            }
            return RecipeNode(value: .list(items), origin: origin)
        case .mapping(let mapping):
            return RecipeNode(value: .section(try entries(mapping, path: path)), origin: origin)
        case .alias:
            throw .malformed(source: source, reason: "it uses an alias")
        }
    }

    private func entries(
        _ mapping: Node.Mapping,
        path: [String]
    ) throws(RecipeError) -> [RecipeNode.Entry] {
        var entries: [RecipeNode.Entry] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw .malformed(source: source, reason: "a key is not a word")
            }
            let name = scalar.string
            if name.contains(Self.duplicateMark) {
                let plain = name.replacing(Self.duplicateMark, with: "")
                collector.add(
                    RecipeProblem(
                        path: SectionReader<Recipe.CodingKeys>.joined(path + [plain]),
                        expected: "the key once",
                        found: "it twice",
                        origin: place(key)
                    )
                )
                continue
            }
            entries.append(
                RecipeNode.Entry(
                    key: name,
                    origin: place(key),
                    node: try converted(value, path: path + [name])
                )
            )
        }
        return entries
    }

    private func place(_ node: Node) -> RecipeOrigin? {
        if let origin { return origin }
        return node.mark.map { .text(line: $0.line, column: $0.column) }
    }
}
