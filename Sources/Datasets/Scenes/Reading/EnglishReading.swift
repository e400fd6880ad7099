import Settings

/// Reads scenes in English.
enum EnglishReading: SceneLanguage {
    /// Small letters, single spaces, no mark at the end.
    static func plain(_ text: String) -> String {
        var words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let last = words.last, ".!?;,".contains(last) { words.removeLast() }
        return words
    }

    // MARK: What is said of the whole

    static func cutOpening(_ text: inout String) -> Bool {
        var isFound = false
        while let opening = SceneWords.openings.first(where: { text.hasPrefix($0 + " ") }) {
            text = String(text.dropFirst(opening.count + 1))
            isFound = true
        }
        return isFound
    }

    static let hands: Phrases<String> = PictureHand.allCases.map {
        (", " + $0.words.english.lowercased(), ", " + $0.words.english)
    }

    static let styleEnds: Phrases<PictureStyle> = longestFirst(
        PictureStyle.allCases.flatMap { style in
            style.englishNames.flatMap { name in
                [
                    ", \(name)", ", \(name) style", " in \(name)", " in \(name) style",
                    " as a \(name)", " as an \(name)", " in the style of a \(name)",
                    " in the style of an \(name)",
                ].map { ($0, style) }
            }
        }
    )

    static let styleStarts: Phrases<PictureStyle> = longestFirst(
        PictureStyle.allCases.flatMap { style in
            style.englishOpenings.map { ($0 + " ", style) }
        }
    )

    static let placeEnds: Phrases<Surrounding> = longestFirst(
        ways.flatMap { way, value in [(" " + way, value), (", " + way, value)] }
    )

    static let placeStarts: Phrases<Surrounding> = longestFirst(
        ways.map { way, value in (way + ", ", value) }
    )

    static let praiseEnds: Phrases<String> = longestFirst(
        SceneWords.quality.map { (", " + $0, $0) }
    )

    /// Ways to say places, as they are and without articles.
    private static let ways: [(String, Surrounding)] = {
        var all: [(String, Surrounding)] = []
        for place in ScenePlace.allCases {
            for colour in place == .plain ? ColourTerm.allCases : [.white] {
                let said = place.english(colour) + (SceneWords.moreEnglish[place] ?? [])
                all += said.map { ($0, (place, colour, nil, nil)) }
            }
        }
        for whole in SceneSurrounding.all {
            let prop = whole.prop.map { SceneProp(text: $0.english, spot: $0.spot) }
            all += whole.english.map { ($0, (whole.place, whole.colour, prop, whole.scenery)) }
        }
        return all.flatMap { way, value in
            let brief = way.split(separator: " ").filter { !["a", "an", "the"].contains($0) }
                .joined(separator: " ")
            return Set([way, brief]).map { ($0, value) }
        }
    }()

    private static func longestFirst<Value>(_ phrases: Phrases<Value>) -> Phrases<Value> {
        phrases.sorted { $0.phrase.count > $1.phrase.count }
    }

    // MARK: What is said of things

    static func wornPlace(_ text: String) -> WornPlace? { worn(text)?.place }

    /// One of what is worn, and where; nothing for what else stands there.
    private static func worn(_ text: String) -> (text: String, place: WornPlace)? {
        let words = text.split(separator: " ")
        guard let last = words.last, !words.contains(where: { SceneWords.joints.contains($0) })
        else { return nil }
        if let place = SceneWords.wornPlace(english: text) { return (text, place) }
        let one = words.dropLast() + [Substring(EnglishNoun.singular(of: String(last)))]
        let single = one.joined(separator: " ")
        guard single != text, let place = SceneWords.wornPlace(english: single) else { return nil }
        return (EnglishNoun(text: single).withArticle(single), place)
    }

    static func carrying(_ text: String) -> (carrier: String, carried: SceneReading.Carried)? {
        for way in [" wearing ", " with ", " in "] {
            guard let (carrier, rest) = text.divided(atLast: way) else { continue }
            let things = list(rest).map(worn)
            guard !things.isEmpty, let first = things[0], things.allSatisfy({ $0 != nil }) else {
                continue
            }
            let text = things.count == 1 ? first.text : rest
            return (carrier, SceneReading.Carried(text: text, place: .worn(first.place)))
        }
        for way in [" holding ", " carrying ", " who is holding "] {
            guard let (carrier, held) = text.divided(atLast: way), held != "hands" else { continue }
            let noun = held.split(separator: " ").last.map(String.init) ?? ""
            let place = SceneWords.raised.contains(noun) ? CarriedPlace.raised : .held
            return (carrier, SceneReading.Carried(text: held, place: place))
        }
        return nil
    }

    static func related(_ text: String) -> SceneParts? {
        var best: (range: Range<String.Index>, way: SceneWords.Way)?
        for way in SceneWords.englishWays {
            guard let range = text.firstRange(of: " \(way.phrase) "),
                best.map({ range.lowerBound < $0.range.lowerBound }) ?? true,
                way.accepts(text[range.upperBound...])
            else { continue }
            best = (range, way)
        }
        guard let best else { return nil }
        let first = withoutVerb(String(text[..<best.range.lowerBound]))
        let second = String(text[best.range.upperBound...])
        guard !first.isEmpty, !second.isEmpty else { return nil }
        return best.way.isSwapped
            ? SceneParts(first: second, relation: best.way.relation, second: first)
            : SceneParts(first: first, relation: best.way.relation, second: second)
    }

    /// A thing without words at its end that say only that it is there: `a fox that is sleeping`.
    private static func withoutVerb(_ text: String) -> String {
        var words = text.split(separator: " ")
        // A man running is a picture of its own.
        guard
            !words.contains(where: { SceneWords.people.contains(String($0)) })
                || words.last.map({ ["is", "are", "that", "who"].contains($0) }) == true
        else { return text }
        while words.count > 1, let last = words.last, SceneWords.verbs.contains(String(last)) {
            words.removeLast()
        }
        return words.joined(separator: " ")
    }

    static func list(_ text: String) -> [String] {
        let separators = [", and ", " and ", ", ", " with ", " & "]
        var parts = [text]
        for separator in separators {
            parts = parts.flatMap { part -> [String] in
                let found = part.components(dividedBy: separator)
                let isList =
                    found.count > 1 && found.allSatisfy { !$0.isEmpty }
                    && found.dropFirst().allSatisfy {
                        separator.contains("and")
                            || isOpened($0) && !(separator == " with " && worn($0) != nil)
                    }
                    && !ColourTerm.allCases.contains {
                        found[0] == $0.rawValue || found[0].hasSuffix(" " + $0.rawValue)
                    }
                    && !SceneWords.compounds.contains(where: part.contains)
                return isList ? found : [part]
            }
        }
        return parts
    }

    /// Whether words begin as a thing does.
    private static func isOpened(_ text: String) -> Bool {
        let first = text.split(separator: " ").first.map(String.init) ?? ""
        return ["a", "an", "the", "one", "some"].contains(first) || SceneWords.numbers[first] != nil
            || Int(first) != nil
    }

    static func thing(_ phrase: String) -> (thing: SceneReading.Thing, unshown: [String]) {
        var words = withoutVerb(phrase).split(separator: " ").map(String.init)
        var count = 1
        for (phrase, number) in SceneWords.crowds where phrase == Array(words.prefix(phrase.count))
        {
            count = number
            words.removeFirst(phrase.count)
            break
        }
        if count == 1, let first = words.first, words.count > 1 {
            if let number = SceneWords.numbers[first] ?? Int(first), (1...9).contains(number) {
                count = number
                words.removeFirst()
            }
        }
        let hasArticle = ["a", "an", "the"].contains(words.first ?? "")
        let article = hasArticle && words.count > 1 ? words.removeFirst() : nil
        var (size, unshown): (SceneSize?, [String]) = (nil, [])
        while let first = words.first, words.count > 1 {
            if size == nil, let found = SceneWords.sizes[first] {
                size = found
            } else if SceneWords.praise.contains(first) {
                unshown.append(first)
            } else {
                break
            }
            words.removeFirst()
        }
        if count > 1, let last = words.popLast() { words.append(EnglishNoun.singular(of: last)) }
        let text = words.joined(separator: " ")
        let noun = EnglishNoun(text: text)
        let isCounted = count > 1 || article != nil && article != "the"
        return (
            SceneReading.Thing(
                text: isCounted ? noun.withArticle(text) : text,
                count: count,
                size: size
            ),
            unshown
        )
    }
}

extension String {
    /// What stands before and behind the last place where words stand; nothing where they do not, or where one side
    /// is empty.
    fileprivate func divided(atLast words: String) -> (before: String, after: String)? {
        guard let range = ranges(of: words).last else { return nil }
        let (before, after) = (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
        return before.isEmpty || after.isEmpty ? nil : (before, after)
    }

    /// The parts between all places where a separator stands.
    fileprivate func components(dividedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
