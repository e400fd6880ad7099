import Settings

/// Completes what a recipe says of a part with the part's defaults.
struct SettingReader {
    let collector: ProblemCollector

    /// The complete settings; what is unknown or of another kind is noted.
    func read(_ node: RecipeNode?, path: [String], schema: PartSchema) -> SettingValue {
        let before = collector.problems.count
        let tree = completed(node, schema.defaults, path)
        guard collector.problems.count == before else { return schema.defaults }
        let problems = schema.problems(tree)
        for problem in problems { note(problem, under: path, node) }
        return problems.isEmpty ? tree : schema.defaults
    }

    /// Notes a problem of a part at its place in the recipe.
    func note(_ problem: SettingProblem, under path: [String], _ node: RecipeNode?) {
        collector.add(
            RecipeProblem(
                path: joined(path + problem.path),
                expected: problem.expected,
                found: problem.found,
                origin: node?.node(at: problem.path)?.origin
            )
        )
    }

    private func completed(
        _ node: RecipeNode?,
        _ defaults: SettingValue,
        _ path: [String]
    ) -> SettingValue {
        guard let node, !node.isNothing else { return defaults }
        guard case .section(var entries) = defaults else { return node.setting }
        // A number in place of one that changes.
        if node.number != nil, entries["over-images"] != nil { return node.setting }
        guard case .section(let given) = node.value else {
            refuse(node, path, expected: "a section", found: node.summary)
            return defaults
        }
        for entry in given {
            guard let usual = entries[entry.key] else {
                let known = entries.keys.sorted()
                let near = EditDistance.nearest(to: entry.key, among: known)
                collector.add(
                    RecipeProblem(
                        path: joined(path + [entry.key]),
                        expected: near.map { "\"\($0)\"" }
                            ?? (known.isEmpty
                                ? "no settings" : "one of \(known.joined(separator: ", "))"),
                        found: "the unknown key \"\(entry.key)\"",
                        origin: entry.origin
                    )
                )
                continue
            }
            entries[entry.key] = completed(entry.node, usual, path + [entry.key])
        }
        return .section(entries)
    }

    private func refuse(_ node: RecipeNode, _ path: [String], expected: String, found: String) {
        collector.add(
            RecipeProblem(
                path: joined(path),
                expected: expected,
                found: found,
                origin: node.origin
            )
        )
    }

    private func joined(_ path: [String]) -> String {
        SectionReader<Recipe.CodingKeys>.joined(path)
    }
}

extension RecipeNode {
    /// What is written, as settings.
    var setting: SettingValue {
        switch value {
        case .section(let entries):
            return .section(
                Dictionary(entries.map { ($0.key, $0.node.setting) }) { first, _ in first }
            )
        case .list(let items): return .list(items.map(\.setting))
        case .scalar(let text, let isQuoted):
            if isQuoted { return .text(text) }
            if let flag { return .flag(flag) }
            return number.map(SettingValue.number) ?? .text(text)
        }
    }

    /// What is written at the end of keys, if anything is.
    func node(at path: [String]) -> RecipeNode? {
        guard let key = path.first else { return self }
        switch value {
        case .section(let entries):
            return entries.first { $0.key == key }?.node.node(at: Array(path.dropFirst()))
        case .list(let items):
            guard let index = Int(key.dropFirst().dropLast()), items.indices.contains(index)
            else { return nil }
            return items[index].node(at: Array(path.dropFirst()))
        case .scalar: return nil
        }
    }
}
