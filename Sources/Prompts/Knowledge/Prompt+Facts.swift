extension Prompt {
    /// The prompt with what is known of its things where it is silent, and what contradicts it.
    ///
    /// A thing that has a colour keeps it, and a text that says where things are is left as it is; what is to be avoided too.
    ///
    /// - Returns: The prompt, what was added, and a sentence for each colour that is another one than the facts say.
    public func completed(
        by facts: ThingFacts
    ) -> (prompt: Prompt, readings: [WordReading], contradictions: [String]) {
        guard !facts.facts.isEmpty, !parameters.has(.literal) else { return (self, [], []) }
        var prompt = self
        var readings: [WordReading] = []
        var contradictions: [String] = []
        for place in parts.indices where parts[place].weight > 0 {
            for fact in facts.facts {
                var text = FactualText(prompt.parts[place].text)
                switch text.take(fact) {
                case .added(let word, let drawn):
                    prompt.parts[place].text = text.text
                    let reading = WordReading(word: word, drawn: drawn, relation: .fact)
                    if !readings.contains(reading) { readings.append(reading) }
                case .contradicted(let found):
                    contradictions.append(
                        "'\(fact.sentence)' (\(facts.origin)), and the prompt says \(found): drawn as typed"
                    )
                case .silent: break
                }
            }
        }
        return (prompt, readings, contradictions)
    }
}

/// A text to which facts are added.
private struct FactualText {
    /// What came of a fact.
    enum Outcome {
        case added(word: String, drawn: String)
        case contradicted(String)
        case silent
    }

    private(set) var text: String

    init(_ text: String) { self.text = text }

    /// Adds a fact where the text is silent about it.
    mutating func take(_ fact: ThingFacts.Fact) -> Outcome {
        fact.isChinese ? takeChinese(fact) : takeEnglish(fact)
    }

    // MARK: English

    private mutating func takeEnglish(_ fact: ThingFacts.Fact) -> Outcome {
        let words = text.matches(of: /[\p{Latin}\p{M}]+(?:['’-]\p{Latin}+)*/).map {
            (range: $0.range, form: $0.output.lowercased())
        }
        let count = fact.thing.count
        guard words.count >= count,
            // The last one: an orange orange is an orange by its second word.
            let start = (0...words.count - count).last(where: { start in
                zip(words[start..<start + count], fact.thing).enumerated().allSatisfy {
                    place,
                    pair in
                    pair.0.form == pair.1
                        || place == count - 1 && Self.plurals(of: pair.1).contains(pair.0.form)
                }
            })
        else { return .silent }
        let thing = words[start].range.lowerBound..<words[start + count - 1].range.upperBound
        let typed = String(text[thing])
        switch fact.saying {
        case .place(let place):
            guard !words.contains(where: { Self.places.contains($0.form) }) else { return .silent }
            text += " " + place
            return .added(word: typed, drawn: "\(typed) \(place)")
        case .colour(let colour):
            var first = start
            while first > 0, start - first < Self.mostAdjectives,
                !Self.ends.contains(words[first - 1].form),
                text[words[first - 1].range.upperBound..<words[first].range.lowerBound]
                    .allSatisfy({ $0 == " " })
            {
                first -= 1
                if ColourName.isWord(words[first].form) {
                    return words[first].form == colour ? .silent : .contradicted(words[first].form)
                }
            }
            var before = String(text[..<thing.lowerBound])
            if first == start, first > 0, ["a", "an"].contains(words[first - 1].form) {
                let article = words[first - 1].range
                let isVowel = colour.first.map { "aeiou".contains($0) } ?? false
                let isLarge = text[article].first?.isUppercase == true
                let wanted = isVowel ? "an" : "a"
                before =
                    "\(text[..<article.lowerBound])\(isLarge ? wanted.capitalized : wanted)"
                    + "\(text[article.upperBound..<thing.lowerBound])"
            }
            text = "\(before)\(colour) \(text[thing.lowerBound...])"
            return .added(word: typed, drawn: "\(colour) \(typed)")
        }
    }

    private static func plurals(of word: String) -> [String] {
        var forms = [word + "s", word + "es"]
        if word.hasSuffix("y") { forms.append(word.dropLast() + "ies") }
        if word.hasSuffix("man") { forms.append(word.dropLast(2) + "en") }
        return forms
    }

    /// Words that may stand between a colour and its thing.
    private static let mostAdjectives = 4
    /// Words before which another thing ends.
    private static let ends: Set<String> = [
        "a", "an", "the", "and", "or", "with", "without", "of", "in", "on", "at", "by", "to",
        "from",
        "under", "above", "over", "behind", "beside", "near", "between", "one", "two", "three",
        "four", "five", "six", "some", "many", "several", "wearing", "holding",
    ]
    /// Words that say where things are.
    private static let places: Set<String> = [
        "in", "on", "at", "by", "under", "above", "over", "behind", "beside", "near", "inside",
        "between", "background", "outdoors", "indoors",
    ]

    // MARK: Chinese

    private mutating func takeChinese(_ fact: ThingFacts.Fact) -> Outcome {
        guard let thing = text.range(of: fact.thing[0]) else { return .silent }
        let before = String(
            text[..<thing.lowerBound].reversed().prefix { !"，。、 和与".contains($0) }.reversed()
        )
        let start = text.index(thing.lowerBound, offsetBy: -before.count)
        switch fact.saying {
        case .colour(let colour):
            if let said = ColourName.words.first(where: { before.contains($0) }) {
                return ColourName.plain(said) == ColourName.plain(colour)
                    ? .silent : .contradicted(said)
            }
            text = "\(text[..<thing.lowerBound])\(colour)的\(text[thing.lowerBound...])"
            return .added(word: fact.thing[0], drawn: "\(colour)的\(fact.thing[0])")
        case .place(let place):
            guard !text.contains(where: { "在里上下旁边".contains($0) }) else { return .silent }
            // Before the measure word and the colour, where the captions have it.
            text = "\(text[..<start])\(place)的\(text[start...])"
            return .added(word: fact.thing[0], drawn: "\(place)的\(fact.thing[0])")
        }
    }
}
