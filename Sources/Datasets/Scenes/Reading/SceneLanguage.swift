import Settings

/// What reading scenes takes from a language; the order in which things are read is the same in all.
protocol SceneLanguage {
    /// Words with what they say.
    typealias Phrases<Value> = [(phrase: String, value: Value)]
    /// A surrounding: where everything is, the colour of a plain one, what stands there, and what is painted.
    typealias Surrounding = (
        place: ScenePlace, colour: ColourTerm, prop: SceneProp?, scenery: SceneScenery?
    )

    /// The text in the form that everything else is compared with.
    static func plain(_ text: String) -> String
    /// Words of hands as they stand at the end, and what is put behind each thing.
    static var hands: Phrases<String> { get }
    /// Styles as they stand before a scene, longer ones first.
    static var styleStarts: Phrases<PictureStyle> { get }
    /// Styles as they stand behind a scene, longer ones first.
    static var styleEnds: Phrases<PictureStyle> { get }
    /// Places as they stand before a scene, longer ones first.
    static var placeStarts: Phrases<Surrounding> { get }
    /// Places as they stand behind a scene, longer ones first.
    static var placeEnds: Phrases<Surrounding> { get }
    /// What is said behind a scene and cannot be shown, longer ones first.
    static var praiseEnds: Phrases<String> { get }

    /// Takes words that ask for a picture off the text.
    ///
    /// - Returns: Whether there were any.
    static func cutOpening(_ text: inout String) -> Bool
    /// Two things, and where the first is to the second; nothing where it is not said.
    static func related(_ text: String) -> SceneParts?
    /// The things of a list; the text where it is none.
    static func list(_ text: String) -> [String]
    /// What a thing wears or holds; nothing where nothing is said.
    static func carrying(_ text: String) -> (carrier: String, carried: SceneReading.Carried)?
    /// What is worn where nothing else is said but its name.
    static func wornPlace(_ text: String) -> WornPlace?
    /// A thing with its number and size, and what was said of it that cannot be shown.
    static func thing(_ phrase: String) -> (thing: SceneReading.Thing, unshown: [String])
}

/// Two things and how they stand to each other.
struct SceneParts {
    let first: String
    let relation: SceneRelation
    let second: String
}

extension SceneLanguage {
    /// The scene of a text; nothing for what is none.
    static func reading(of typed: String) -> SceneReading? {
        var text = plain(typed)
        var found = SceneReading()
        found.isOpened = cutOpening(&text)
        let hand = cut(hands, from: &text) ?? ""
        while true {
            if found.style == nil, let style = style(&text) {
                found.style = style
            } else if let place = cutStart(placeStarts, from: &text) ?? cut(placeEnds, from: &text)
            {
                // Of several places the last one is shown.
                guard found.place == nil else { continue }
                (found.place, found.placeColour) = (place.place, place.colour)
                (found.prop, found.scenery) = (place.prop, place.scenery)
            } else if let praise = cut(praiseEnds, from: &text) {
                found.unshown.append(praise)
            } else {
                break
            }
        }
        found.isOpened = cutOpening(&text) || found.isOpened
        guard !text.isEmpty else { return nil }
        // What is worn may have words that say where things are, too: a rabbit in a hat.
        if let whole = carrying(text), whole.carried.isWorn, list(whole.carrier).count == 1 {
            found.add(Self.self, [text])
        } else if let parts = related(text) {
            found.relation = parts.relation
            // Of a relation that is said the other way round the list is what others are related to.
            found.add(Self.self, list(parts.first) + [parts.second])
        } else {
            found.add(Self.self, list(text))
        }
        return found.checked(behind: hand)
    }

    private static func style(_ text: inout String) -> PictureStyle? {
        cutStart(styleStarts, from: &text) ?? cut(styleEnds, from: &text)
    }

    /// Takes the first phrase that a text begins with off it, where anything is left.
    private static func cutStart<Value>(
        _ phrases: Phrases<Value>,
        from text: inout String
    ) -> Value? {
        guard let (phrase, value) = phrases.first(where: { text.hasPrefix($0.phrase) }),
            phrase.count < text.count
        else { return nil }
        text = String(text.dropFirst(phrase.count))
        return value
    }

    /// Takes the first phrase that a text ends in off it, where anything is left.
    private static func cut<Value>(_ phrases: Phrases<Value>, from text: inout String) -> Value? {
        guard let (phrase, value) = phrases.first(where: { text.hasSuffix($0.phrase) }),
            phrase.count < text.count
        else { return nil }
        text = String(text.dropLast(phrase.count))
        return value
    }
}

extension SceneReading {
    /// Adds things with what they carry; what can be worn and stands behind one that wears something is worn, too:
    /// `a cat with a hat and sunglasses`.
    fileprivate mutating func add<Language: SceneLanguage>(_: Language.Type, _ phrases: [String]) {
        for phrase in phrases {
            if let wearer = things.last, wearer.carried.contains(where: \.isWorn), relation == nil,
                let place = Language.wornPlace(phrase)
            {
                let worn = Language.thing(phrase).thing.text
                things[things.count - 1].carried.append(Carried(text: worn, place: .worn(place)))
                continue
            }
            var (rest, carried): (String, [Carried]) = (phrase, [])
            while carried.count < Self.mostThings, let found = Language.carrying(rest) {
                // What is worn may be two: a hat and sunglasses.
                let texts =
                    found.carried.isWorn ? Language.list(found.carried.text) : [found.carried.text]
                let these = texts.map { text in
                    let worn = found.carried.isWorn ? Language.wornPlace(text) : nil
                    return Carried(
                        text: Language.thing(text).thing.text,
                        place: worn.map(CarriedPlace.worn) ?? found.carried.place
                    )
                }
                // What is found later stands before what was found.
                carried = these + carried
                rest = found.carrier
            }
            var (thing, unshown) = Language.thing(rest)
            thing.carried = carried
            things.append(thing)
            self.unshown += unshown
        }
    }
}

extension SceneReading.Carried {
    fileprivate var isWorn: Bool { if case .worn = place { true } else { false } }
}
