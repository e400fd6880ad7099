extension Recipe {
    /// Reads a recipe from YAML, or JSON, and checks it as a whole.
    ///
    /// - Parameters:
    ///   - text: The recipe.
    ///   - source: Its name for errors: a path or the name of a bundled recipe.
    ///   - overrides: Values that take precedence, such as `training.epochs=3`.
    ///   - catalog: The parts that the recipe may name.
    /// - Throws: `RecipeError` with every problem, not only the first.
    public init(
        parsing text: String,
        source: String,
        overrides: [String] = [],
        catalog: PartCatalog
    ) throws(RecipeError) {
        let collector = ProblemCollector(catalog: catalog)
        var node = try RecipeText(source: source, collector: collector).node(text)
        for override in overrides {
            node.apply(override: override, collector: collector)
        }
        let reader = SectionReader<CodingKeys>(node, path: [], collector: collector)
        self.init(reading: reader)
        if collector.problems.isEmpty {
            let notes = SettingReader(collector: collector)
            for problem in catalog.conflicts(self) { notes.note(problem, under: [], node) }
        }
        guard collector.problems.isEmpty else {
            throw .invalid(source: source, problems: collector.problems)
        }
    }
}

extension RecipeNode {
    /// Replaces the value at a dotted path, such as `training.epochs=3`.
    mutating func apply(override: String, collector: ProblemCollector) {
        let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let origin = RecipeOrigin.override(override)
        func refuse(_ expected: String, _ found: String) {
            collector.add(
                RecipeProblem(
                    path: String(parts[0]),
                    expected: expected,
                    found: found,
                    origin: origin
                )
            )
        }
        guard parts.count == 2, !path.contains("") else {
            return refuse("an override such as training.epochs=3", "\"\(override)\"")
        }
        let text = RecipeText(source: "--set", collector: collector, origin: origin)
        let value: RecipeNode
        do {
            value = parts[1].isEmpty ? .empty(origin) : try text.node(String(parts[1]))
        } catch {
            return refuse("a value in YAML", "\"\(parts[1])\"")
        }
        guard set(value, at: path[...], origin: origin) else {
            return refuse("a path through sections", "a value on the way")
        }
    }

    /// Sets a value and makes the sections on the way; `false` when a plain value is in the way.
    private mutating func set(
        _ value: RecipeNode,
        at path: ArraySlice<String>,
        origin: RecipeOrigin
    ) -> Bool {
        guard let key = path.first else {
            self = value
            return true
        }
        if isNothing { self.value = .section([]) }
        guard case .section(var entries) = self.value else { return false }
        let index = entries.firstIndex { $0.key == key } ?? entries.endIndex
        if index == entries.endIndex {
            entries.append(Entry(key: key, origin: origin, node: .empty(origin)))
        }
        let isSet = entries[index].node.set(value, at: path.dropFirst(), origin: origin)
        self.value = .section(entries)
        return isSet
    }

    /// A value that was left out.
    static func empty(_ origin: RecipeOrigin?) -> RecipeNode {
        RecipeNode(value: .scalar("", isQuoted: false), origin: origin)
    }
}
