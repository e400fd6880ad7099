import Checks
import Settings

extension SectionReader {
    /// A whole number in a range; `nil` as the default makes the key required.
    func integer(_ key: Key, default usual: Int? = nil, in range: ClosedRange<Int>) -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return value(key, expected, default: usual, placeholder: range.lowerBound) {
            $0.integer.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A whole number in a range, or nothing.
    func optionalInteger(_ key: Key, in range: ClosedRange<Int>) -> Int? {
        node(key) == nil ? nil : integer(key, in: range)
    }

    /// A whole number of 64 bits without a sign.
    func natural(_ key: Key, default usual: UInt64) -> UInt64 {
        value(key, "a whole number from 0 to \(UInt64.max)", default: usual, placeholder: 0) {
            $0.natural
        }
    }

    /// A number in a range; `nil` as the default makes the key required.
    func number(_ key: Key, default usual: Double? = nil, in range: NumberRange) -> Double {
        let expected = range.summary(insteadOf: node(key)?.number)
        return value(key, expected, default: usual, placeholder: usual ?? 0) {
            $0.number.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number in a range that may change as images are seen.
    func scheduled(_ key: Key, default usual: Double, in range: NumberRange) -> Scheduled {
        guard let node = node(key), case .section = node.value else {
            return Scheduled(number(key, default: usual, in: range))
        }
        do throws(SettingProblem) {
            let found = try SettingCoding.value(Scheduled.self, of: node.setting)
            if range.contains(found.from), range.contains(found.to) { return found }
            let summary = "\(found.from.plain) to \(found.to.plain)"
            problem(key, expected: "\(range.summary) at both ends", found: summary)
        } catch {
            problem(path: [key.rawValue] + error.path, expected: error.expected, found: error.found)
        }
        return Scheduled(usual)
    }

    /// A number in a range, or nothing.
    func optionalNumber(_ key: Key, in range: NumberRange) -> Double? {
        node(key) == nil ? nil : number(key, in: range)
    }

    /// `true` or `false`.
    func flag(_ key: Key, default usual: Bool) -> Bool {
        value(key, "true or false", default: usual, placeholder: usual) { $0.flag }
    }

    /// Text; numbers must stand in quotes.
    func text(_ key: Key, default usual: String? = nil) -> String {
        value(key, "text (in quotes when it looks like a number)", default: usual, placeholder: "")
        {
            $0.text
        }
    }

    /// Text, or nothing.
    func optionalText(_ key: Key) -> String? {
        node(key) == nil ? nil : text(key)
    }

    /// A name that can be part of a file's name.
    func identifier(_ key: Key) -> String {
        let expected =
            "a name of letters, digits, \".\", \"_\" and \"-\" that starts with a letter or digit"
        return value(key, expected, default: nil, placeholder: "unnamed") {
            $0.text.flatMap { RunFolder.isPlain($0) ? $0 : nil }
        }
    }

    /// A processor.
    func device(_ key: Key, default usual: Recipe.Device) -> Recipe.Device {
        value(key, "cpu, cuda, cuda:NUMBER or mps", default: usual, placeholder: usual) {
            $0.text.flatMap { Recipe.Device(rawValue: $0) }
        }
    }

    /// One of the names of a type; `nil` as the default makes the key required.
    ///
    /// - Precondition: the type has at least one case.
    func choice<Choice>(_ key: Key, default usual: Choice? = nil) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let names = Choice.allCases.map(\.rawValue)
        var expected = names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
        if let text = node(key)?.text, let near = EditDistance.nearest(to: text, among: names) {
            expected = "\"\(near)\" (\(expected))"
        }
        guard let placeholder = usual ?? Choice.allCases.first else {
            preconditionFailure("\(Choice.self) has no case")
        }
        return value(key, expected, default: usual, placeholder: placeholder) {
            $0.text.flatMap { Choice(rawValue: $0) }
        }
    }

    /// A list of whole numbers; `nil` as the default makes the key required.
    func integers(
        _ key: Key,
        default usual: [Int]? = nil,
        placeholder: [Int] = [],
        count: ClosedRange<Int>,
        in range: ClosedRange<Int>
    ) -> [Int] {
        let many =
            count.count == 1 ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
        let expected =
            "\(many) whole numbers from \(range.lowerBound) to \(range.upperBound) in brackets"
        return value(key, expected, default: usual, placeholder: usual ?? placeholder) { node in
            guard case .list(let items) = node.value, count.contains(items.count) else {
                return nil
            }
            let numbers = items.compactMap(\.integer).filter { range.contains($0) }
            return numbers.count == items.count ? numbers : nil
        }
    }

    /// A list of texts; numbers are texts too.
    func texts(_ key: Key, count: ClosedRange<Int>) -> [String] {
        value(key, "\(count.lowerBound) to \(count.upperBound) texts in brackets", placeholder: [])
        {
            guard case .list(let items) = $0.value, count.contains(items.count) else { return nil }
            let texts = items.compactMap { item in
                if case .scalar(let text, _) = item.value { text } else { nil }
            }
            return texts.count == items.count && !texts.contains("") ? texts : nil
        }
    }

    /// A section below this one; when it is absent, its defaults and its missing keys.
    func section<Section: RecipeSection>(_ key: Key) -> Section {
        Section(
            reading: SectionReader<Section.CodingKeys>(
                node(key),
                path: path + [key.rawValue],
                collector: collector
            )
        )
    }

    /// A section below this one, or nothing.
    func optionalSection<Section: RecipeSection>(_ key: Key) -> Section? {
        node(key) == nil ? nil : section(key)
    }

    private func value<Value>(
        _ key: Key,
        _ expected: String,
        default usual: Value? = nil,
        placeholder: Value,
        read: (RecipeNode) -> Value?
    ) -> Value {
        guard let node = node(key) else {
            if let usual { return usual }
            problem(key, expected: expected, found: "nothing")
            return placeholder
        }
        if let value = read(node) { return value }
        problem(key, expected: expected, found: node.listing)
        return placeholder
    }
}

extension RecipeNode {
    /// What is written, lists with their items.
    var listing: String {
        guard case .list(let items) = value, items.count <= 8 else { return summary }
        return "[\(items.map(\.summary).joined(separator: ", "))]"
    }
}
