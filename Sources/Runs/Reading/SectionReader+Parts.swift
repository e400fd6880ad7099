import Settings

extension SectionReader {
    /// One of some names.
    func name(_ key: Key, default usual: String, among names: [String]) -> String {
        guard let node = node(key) else { return usual }
        if let text = node.text, names.contains(text) { return text }
        let near = node.text.flatMap { EditDistance.nearest(to: $0, among: names) }
        let list =
            names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
        problem(key, expected: near.map { "\"\($0)\" (\(list))" } ?? list, found: node.listing)
        return usual
    }

    /// A part by its name.
    func part(_ key: Key, among parts: [PartSchema]) -> (name: String, schema: PartSchema?) {
        let names = parts.map(\.name)
        guard node(key) != nil else {
            problem(key, expected: "one of \(names.joined(separator: ", "))", found: "nothing")
            return ("unnamed", nil)
        }
        let name = name(key, default: "", among: names)
        return (name, parts.first { $0.name == name })
    }

    /// Parts by name, each with its settings; none where the key is absent.
    func parts(_ key: Key, among known: [PartSchema]) -> [String: SettingValue] {
        guard let node = node(key) else { return [:] }
        guard case .section(let entries) = node.value else {
            problem(key, expected: "a section with a key for each part", found: node.summary)
            return [:]
        }
        let reader = SettingReader(collector: collector)
        var found: [String: SettingValue] = [:]
        for entry in entries {
            let place = path + [key.rawValue, entry.key]
            guard let schema = known.first(where: { $0.name == entry.key }) else {
                let names = known.map(\.name)
                let near = EditDistance.nearest(to: entry.key, among: names)
                collector.add(
                    RecipeProblem(
                        path: Self.joined(place),
                        expected: near.map { "\"\($0)\"" }
                            ?? "one of \(names.joined(separator: ", "))",
                        found: "the unknown part \"\(entry.key)\"",
                        origin: entry.origin
                    )
                )
                continue
            }
            // `name: off` takes a part out that a recipe has.
            if entry.node.text == "off" { continue }
            found[entry.key] = reader.read(entry.node, path: place, schema: schema)
        }
        return found
    }
}
