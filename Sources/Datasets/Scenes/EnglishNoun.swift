/// An English noun with its article and its plural.
struct EnglishNoun: Sendable, Hashable {
    /// The noun in the singular, or as it always stands: `fox`, `sunglasses`, `bread`.
    let text: String

    /// Nouns that stand in the plural without an s.
    private static let plurals: Set<String> = [
        "people", "men", "women", "children", "feet", "teeth", "mice", "geese", "cattle", "dice",
    ]

    /// Nouns in the singular that end as plurals do.
    private static let singulars: Set<String> = [
        "lens", "series", "species", "gas", "canvas", "atlas", "christmas", "iris", "tennis",
        "chassis", "oasis", "axis", "rhinoceros", "cosmos", "mars", "clematis",
    ]

    /// Nouns that are not counted.
    private static let masses: Set<String> = [
        "bread", "rice", "bacon", "butter", "salt", "popcorn", "cheese", "honey", "sushi", "ice",
        "water", "wood", "spaghetti", "ginger", "money", "fire", "fog", "snow", "rain", "luggage",
        "broccoli", "garlic", "wheat", "corn", "news", "chess", "lightning", "soap", "wine", "sake",
        "milk", "meat",
        "furniture", "wind", "sushi", "food", "grass", "clay", "thread", "yarn", "edamame",
    ]

    /// Nouns whose plural follows no rule.
    static let irregular = [
        "man": "men", "woman": "women", "child": "children", "person": "people", "mouse": "mice",
        "goose": "geese", "tooth": "teeth", "foot": "feet", "sheep": "sheep", "fish": "fish",
        "deer": "deer", "ox": "oxen", "knife": "knives", "leaf": "leaves", "wolf": "wolves",
        "loaf": "loaves", "shelf": "shelves", "bison": "bison", "squid": "squid",
        "scarf": "scarves", "elf": "elves", "calf": "calves", "half": "halves", "moose": "moose",
    ]

    /// Whether several of it can be asked for: `three foxes`.
    var isCountable: Bool { !isPlural && !isMass }

    /// Whether it stands in the plural already.
    var isPlural: Bool {
        let word = lastWord.lowercased()
        if Self.plurals.contains(word) { return true }
        let isLikeOne = ["ss", "us"].contains(where: word.hasSuffix) || word.hasSuffix("’s")
        return word.hasSuffix("s") && !isLikeOne && !Self.singulars.contains(word)
    }

    /// Whether it is not counted.
    var isMass: Bool { Self.masses.contains(lastWord) }

    /// Several of it.
    var plural: String {
        guard isCountable else { return text }
        let head = text.dropLast(lastWord.count)
        return head + Self.plural(of: lastWord)
    }

    /// Words with an article in front: `an orange cat`.
    ///
    /// - Parameter words: The noun with what stands before it.
    /// - Returns: The words as they are where the noun is not counted.
    func withArticle(_ words: String) -> String {
        guard isCountable else { return words }
        return Self.article(before: words) + " " + words
    }

    /// The article of the words that follow.
    static func article(before words: String) -> String {
        let lower = words.lowercased()
        if ["hour", "honest", "heir", "x-ray", "mri"].contains(where: lower.hasPrefix) {
            return "an"
        }
        if ["uni", "one", "euro", "ukulele", "used", "ufo"].contains(where: lower.hasPrefix) {
            return "a"
        }
        return lower.first.map { "aeiou".contains($0) } == true ? "an" : "a"
    }

    private var lastWord: String { text.split(separator: " ").last.map(String.init) ?? text }

    private static func plural(of word: String) -> String {
        if let known = irregular[word] { return known }
        for (end, plural) in irregular where word.hasSuffix(end) && ["man", "fish"].contains(end) {
            return word.dropLast(end.count) + plural
        }
        if ["s", "x", "z", "ch", "sh"].contains(where: word.hasSuffix) { return word + "es" }
        if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
            return word.dropLast() + "ies"
        }
        if ["tomato", "potato", "mango", "volcano", "mosquito", "hero"].contains(word) {
            return word + "es"
        }
        return word + "s"
    }
}
