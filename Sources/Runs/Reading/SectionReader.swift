import Settings

/// Reads one section of a recipe and notes every problem instead of stopping at the first.
final class SectionReader<Key>
where Key: CodingKey & CaseIterable & Hashable & RawRepresentable<String> {
    let path: [String]
    let collector: ProblemCollector
    private var entries: [String: RecipeNode.Entry] = [:]

    init(_ node: RecipeNode?, path: [String], collector: ProblemCollector) {
        self.path = path
        self.collector = collector
        guard let node, !node.isNothing else { return }
        guard case .section(let entries) = node.value else {
            collector.add(
                RecipeProblem(
                    path: Self.joined(path),
                    expected: "a section",
                    found: node.summary,
                    origin: node.origin
                )
            )
            return
        }
        for entry in entries { self.entries[entry.key] = entry }
        refuseUnknownKeys(entries)
    }

    /// The value of a key; `nil` when it is absent or nothing.
    func node(_ key: Key) -> RecipeNode? {
        guard let node = entries[key.rawValue]?.node, !node.isNothing else { return nil }
        return node
    }

    /// Notes a problem with the value of a key.
    func problem(_ key: Key, expected: String, found: String) {
        collector.add(
            RecipeProblem(
                path: Self.joined(path + [key.rawValue]),
                expected: expected,
                found: found,
                origin: entries[key.rawValue]?.node.origin
            )
        )
    }

    /// Notes a problem below this section.
    func problem(path below: [String], expected: String, found: String) {
        collector.add(
            RecipeProblem(
                path: Self.joined(path + below),
                expected: expected,
                found: found,
                origin: nil
            )
        )
    }

    /// Whether anything below this section at a path is wrong already.
    func hasProblem(under below: [String]) -> Bool {
        collector.hasProblem(under: Self.joined(path + below))
    }

    private func refuseUnknownKeys(_ entries: [RecipeNode.Entry]) {
        let known = Key.allCases.map(\.rawValue)
        for entry in entries where !known.contains(entry.key) {
            let nearest = EditDistance.nearest(to: entry.key, among: known)
            collector.add(
                RecipeProblem(
                    path: Self.joined(path + [entry.key]),
                    expected: nearest.map { "\"\($0)\"" }
                        ?? "one of \(known.joined(separator: ", "))",
                    found: "the unknown key \"\(entry.key)\"",
                    origin: entry.origin
                )
            )
        }
    }

    static func joined(_ path: [String]) -> String {
        var text = ""
        for part in path {
            text += part.hasPrefix("[") || text.isEmpty ? part : "." + part
        }
        return text.isEmpty ? "(top)" : text
    }
}
