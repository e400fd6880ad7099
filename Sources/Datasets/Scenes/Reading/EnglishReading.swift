import Settings

/// Reads scenes in English.
enum EnglishReading {
    /// The scene of a text; nothing for what is none.
    static func reading(of typed: String) -> SceneReading? {
        var text = plain(typed)
        var found = SceneReading()
        let hand = cut(hands, from: &text).map { ", " + $0 } ?? ""
        found.style = style(&text)
        // Of several places the last one is shown.
        while let (place, colour) = place(&text) {
            if found.place == nil { (found.place, found.placeColour) = (place, colour) }
            found.style = found.style ?? style(&text)
        }
        guard !text.isEmpty else { return nil }
        if let (wearer, worn, place) = wearing(text) {
            found.things = [thing(wearer), thing(worn)]
            found.worn = place
        } else if let (first, relation, second) = related(text) {
            found.things = list(first).map(thing) + [thing(second)]
            found.relation = relation
        } else {
            found.things = list(text).map(thing)
        }
        return found.checked(behind: hand)
    }

    /// Small letters, single spaces, no mark at the end.
    private static func plain(_ text: String) -> String {
        var words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let last = words.last, ".!?;,".contains(last) { words.removeLast() }
        return words
    }

    // MARK: What is said of the whole

    /// Words of hands as they stand at the end, and what is kept of them.
    private static let hands: [(phrase: String, value: String)] = PictureHand.allCases.map {
        (", " + $0.words.english.lowercased(), $0.words.english)
    }

    private static let styleEnds: [(phrase: String, value: PictureStyle)] =
        PictureStyle.allCases.flatMap { style in
            style.englishNames.flatMap { name in
                [
                    ", \(name)", ", \(name) style", " in \(name)", " in \(name) style",
                    " as a \(name)", " as an \(name)", " in the style of a \(name)",
                    " in the style of an \(name)",
                ].map { ($0, style) }
            }
        }.sorted { $0.0.count > $1.0.count }

    private static let styleStarts: [(phrase: String, value: PictureStyle)] =
        PictureStyle.allCases.flatMap { style in
            style.englishOpenings.map { ($0 + " ", style) }
        }.sorted { $0.0.count > $1.0.count }

    private static func style(_ text: inout String) -> PictureStyle? {
        if let (phrase, style) = styleStarts.first(where: { text.hasPrefix($0.phrase) }) {
            text = String(text.dropFirst(phrase.count))
            return style
        }
        return cut(styleEnds, from: &text)
    }

    private static let places: [(phrase: String, value: (ScenePlace, ColourTerm))] = {
        var all: [(String, (ScenePlace, ColourTerm))] = []
        for place in ScenePlace.allCases {
            let colours = place == .plain ? ColourTerm.allCases : [.white]
            for colour in colours {
                for way in place.english(colour) + (SceneWords.moreEnglish[place] ?? []) {
                    let brief = way.split(separator: " ").filter {
                        !["a", "an", "the"].contains($0)
                    }
                    .joined(separator: " ")
                    for phrase in Set([way, brief]) {
                        all += [(" " + phrase, (place, colour)), (", " + phrase, (place, colour))]
                    }
                }
            }
        }
        return all.sorted { $0.0.count > $1.0.count }
    }()

    private static func place(_ text: inout String) -> (ScenePlace, ColourTerm)? {
        cut(places, from: &text)
    }

    /// Takes the first phrase that a text ends in off it.
    private static func cut<Value>(
        _ phrases: [(phrase: String, value: Value)],
        from text: inout String
    ) -> Value? {
        guard let (phrase, value) = phrases.first(where: { text.hasSuffix($0.phrase) }),
            phrase.count < text.count
        else { return nil }
        text = String(text.dropLast(phrase.count))
        return value
    }

    // MARK: What is said of things

    private static func wearing(
        _ text: String
    ) -> (wearer: String, worn: String, place: WornPlace)? {
        for way in [" wearing ", " with ", " in "] {
            guard let range = text.firstRange(of: way) else { continue }
            let (wearer, worn) = (
                String(text[..<range.lowerBound]), String(text[range.upperBound...])
            )
            guard let place = SceneWords.wornPlace(english: worn), !wearer.isEmpty else {
                continue
            }
            return (wearer, worn, place)
        }
        return nil
    }

    private static func related(
        _ text: String
    ) -> (first: String, relation: SceneRelation, second: String)? {
        var best: (range: Range<String.Index>, way: SceneWords.Way)?
        for way in SceneWords.englishWays {
            guard let range = text.firstRange(of: " \(way.phrase) "),
                best.map({ range.lowerBound < $0.range.lowerBound }) ?? true
            else { continue }
            best = (range, way)
        }
        guard let best else { return nil }
        var first = String(text[..<best.range.lowerBound])
        let second = String(text[best.range.upperBound...])
        let words = first.split(separator: " ")
        if let last = words.last, SceneWords.verbs.contains(String(last)) {
            first = words.dropLast().joined(separator: " ")
        }
        guard !first.isEmpty, !second.isEmpty, best.way.accepts(second) else { return nil }
        return best.way.isSwapped
            ? (second, best.way.relation, first) : (first, best.way.relation, second)
    }

    /// The things of `an apple, a pear and two plums`.
    private static func list(_ text: String) -> [String] {
        let separators = [", and ", " and ", ", ", " with ", " & "]
        var parts = [text]
        for separator in separators {
            parts = parts.flatMap { part -> [String] in
                let found = part.components(dividedBy: separator)
                let isList =
                    found.count > 1 && found.allSatisfy { !$0.isEmpty }
                    && found.dropFirst().allSatisfy {
                        separator.contains("and") || isOpened($0)
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

    /// A thing with its number and size.
    private static func thing(_ phrase: String) -> SceneReading.Thing {
        var words = phrase.split(separator: " ").map(String.init)
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
        var size: SceneSize?
        if let first = words.first, words.count > 1, let found = SceneWords.sizes[first] {
            size = found
            words.removeFirst()
        }
        if count > 1, let last = words.popLast() { words.append(EnglishNoun.singular(of: last)) }
        let text = words.joined(separator: " ")
        let noun = EnglishNoun(text: text)
        let isCounted = count > 1 || article != nil && article != "the"
        return SceneReading.Thing(
            text: isCounted ? noun.withArticle(text) : text,
            count: count,
            size: size
        )
    }
}

extension String {
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
