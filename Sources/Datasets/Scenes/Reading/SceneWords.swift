import Settings

/// Words by which people say where things are, how many, and what they wear, beside those of captions.
enum SceneWords {
    /// A way to say where a thing is.
    struct Way: Sendable {
        /// The words between the two things.
        let phrase: String
        let relation: SceneRelation
        /// Whether the second thing is the first of the relation: a tree behind a house.
        var isSwapped = false
        /// Whether the second thing has to be one that holds others.
        var needsContainer = false

        /// Whether it can be said of what follows, up to the next word between things.
        func accepts(_ second: Substring) -> Bool {
            guard needsContainer else { return true }
            let words = second.split(separator: " ").prefix { !SceneWords.joints.contains($0) }
            return words.last.map { SceneWords.containers.contains(String($0)) } ?? false
        }
    }

    /// Longer ways first, where one begins as another does.
    static let englishWays: [Way] = [
        Way(phrase: "to the left of", relation: .leftOf),
        Way(phrase: "on the left of", relation: .leftOf),
        Way(phrase: "left of", relation: .leftOf),
        Way(phrase: "to the right of", relation: .rightOf),
        Way(phrase: "on the right of", relation: .rightOf),
        Way(phrase: "right of", relation: .rightOf),
        Way(phrase: "above", relation: .above), Way(phrase: "over", relation: .above),
        Way(phrase: "below", relation: .below), Way(phrase: "underneath", relation: .below),
        Way(phrase: "under", relation: .below), Way(phrase: "beneath", relation: .below),
        Way(phrase: "on top of", relation: .on), Way(phrase: "riding", relation: .on),
        Way(phrase: "on", relation: .on), Way(phrase: "in front of", relation: .inFrontOf),
        Way(phrase: "behind", relation: .inFrontOf, isSwapped: true),
        Way(phrase: "beside", relation: .beside), Way(phrase: "next to", relation: .beside),
        Way(phrase: "near", relation: .beside), Way(phrase: "by", relation: .beside),
        Way(phrase: "inside of", relation: .inside), Way(phrase: "inside", relation: .inside),
        Way(phrase: "in", relation: .inside, needsContainer: true),
    ]

    /// What `in` can be said of, so that a man in a suit stays one.
    static let containers: Set<String> = [
        "house", "bathtub", "basket", "cart", "package", "car", "castle", "tent", "nest", "bus",
        "pot", "bucket", "box", "bag", "cup", "bowl", "glass", "jar", "cage", "boat", "tree",
        "truck",
        "train", "taxi", "bottle", "vase", "bed", "garage", "barn", "cave", "pocket",
        "mug", "pan", "window", "door", "crate", "barrel", "backpack", "suitcase", "handbag",
    ]

    /// Verbs that say no more than that a thing is there.
    static let verbs: Set<String> = [
        "is", "are", "sitting", "standing", "lying", "sleeping", "flying", "resting", "sits",
        "stands", "placed", "jumping", "running", "walking", "perched", "hiding", "floating",
        "swimming", "playing", "located", "that", "which", "who", "lies", "sleeps", "flies",
        "runs", "dancing", "waiting", "hidden", "seated", "outside",
    ]

    /// People, of whom there are pictures of what they do.
    static let people: Set<String> = [
        "man", "woman", "person", "people", "men", "women", "boy", "girl", "child",
    ]

    /// Words that ask for a picture, longer ones first.
    static let openings = [
        "i want a picture of", "please draw me", "please draw", "please paint",
        "draw me a picture of",
        "draw a picture of", "draw me", "draw", "paint", "generate an image of", "generate",
        "create an image of", "create", "show me", "i want", "an image of", "image of",
        "a picture of", "picture of", "a photograph of", "a photo of", "photo of", "a drawing of",
        "drawing of", "an illustration of", "illustration of", "a portrait of", "portrait of",
        "there is", "there are",
    ].sorted { $0.count > $1.count }

    /// Words before a thing that praise it.
    static let praise: Set<String> = [
        "cute", "beautiful", "pretty", "lovely", "adorable", "nice", "cool", "gorgeous", "majestic",
        "very", "really", "amazing", "wonderful", "realistic", "detailed", "elegant", "stunning",
    ]

    /// What is said of how good a picture is to be.
    static let quality = [
        "4k", "8k", "hd", "uhd", "highly detailed", "very detailed", "ultra detailed", "detailed",
        "intricate", "high quality", "best quality", "high resolution", "masterpiece", "realistic",
        "photorealistic", "hyperrealistic", "trending on artstation", "artstation", "digital art",
        "concept art", "cinematic lighting", "cinematic", "dramatic lighting", "soft lighting",
        "studio lighting", "sharp focus", "octane render", "unreal engine", "beautiful", "cute",
        "award winning", "professional", "vivid colors", "vivid colours", "vibrant", "colorful",
        "colourful", "illustration", "photo", "render", "3d render", "high detail",
    ]

    /// What is held above the hand.
    static let raised: Set<String> = [
        "balloon", "balloons", "kite", "umbrella", "flag", "torch", "parasol", "lantern",
    ]

    /// Words between things, which the name of one that is worn has not.
    static let joints: Set<Substring> = [
        "on", "in", "under", "above", "below", "beside", "behind", "near", "by", "over", "with",
        "holding", "inside", "and",
    ]

    /// Names with words that look as if two things were meant.
    static let compounds = [
        "fork and knife", "knife and fork", "bow and arrow", "hammer and pick", "hammer and wrench",
        "salt and pepper", "fish and chips", "black and white", "mac and cheese", "pen and paper",
        "holding hands",
    ]

    /// Numbers as words.
    static let numbers: [String: Int] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "several": 4, "many": 6,
    ]

    /// Several words that say a number.
    static let crowds: [(words: [String], number: Int)] = [
        (["a", "pair", "of"], 2), (["a", "couple", "of"], 2), (["a", "few"], 3),
        (["a", "group", "of"], 4), (["a", "bunch", "of"], 4), (["lots", "of"], 6),
    ]

    /// Sizes as words.
    static let sizes: [String: SceneSize] = [
        "tiny": .tiny, "small": .small, "little": .small, "big": .big, "large": .big,
        "huge": .huge, "giant": .huge, "enormous": .huge,
    ]

    /// More ways to say places.
    static let moreEnglish: [ScenePlace: [String]] = [
        .night: [
            "in the night", "under the night sky", "in space", "in outer space", "in the dark",
        ],
        .snow: ["on the snow", "in a snowy landscape"],
        .grass: [
            "on the farm", "on a farm", "on grass", "on a meadow", "in the meadow", "in a field",
            "in the field", "in the garden",
            "in a garden", "in the park", "in a park", "on the lawn", "on a lawn",
        ],
        .desert: ["in a desert"],
        .sea: [
            "at the beach", "on a beach", "by the ocean", "at the seaside", "by the water",
            "in the sea", "in the ocean", "on the ocean", "on the sea", "on the water",
            "in the water", "on a lake", "on the lake", "by a lake", "by the lake", "by the river",
            "at the ocean",
        ],
        .sky: ["in the clouds", "in the air", "in a blue sky"],
        .sunset: ["at dusk", "in the evening", "at sunrise", "at dawn", "in the sunset"],
        .room: [
            "in the room", "inside a room", "at home", "in the living room", "in the kitchen",
            "in a kitchen", "in the bedroom", "in a bedroom",
        ],
    ]

    /// Where something is worn, by what is said of it: `a red top hat`.
    static func wornPlace(english words: String) -> WornPlace? {
        let more: [(name: String, place: WornPlace)] = [
            ("bow tie", .neck), ("necktie", .neck), ("shades", .eyes), ("spectacles", .eyes),
            ("party hat", .top), ("beanie", .top), ("wizard hat", .top), ("cowboy hat", .top),
        ]
        return (WornPlace.all + more).first { words == $0.name || words.hasSuffix(" " + $0.name) }?
            .place
    }
}

extension EnglishNoun {
    /// Nouns in -ie, whose plural looks like that of nouns in -y.
    private static let endingInIe: Set<String> = [
        "cookie", "zombie", "pie", "tie", "necktie", "genie", "movie", "selfie", "pixie",
        "brownie", "magpie", "hoodie", "smoothie", "birdie", "calorie",
    ]

    /// One of what a word in the plural names; the word itself where it is in the singular.
    static func singular(of word: String) -> String {
        if let known = Self.irregular.first(where: { $0.value == word && $0.key != word }) {
            return known.key
        }
        func stem(_ ending: String, _ other: String = "") -> String? {
            word.hasSuffix(ending) ? word.dropLast(ending.count) + other : nil
        }
        if let man = stem("men", "man"), EnglishNoun(text: man).plural == word { return man }
        if let short = stem("es") {
            let hisses = ["x", "z", "ch", "sh", "ss", "o"].contains(where: short.hasSuffix)
            let isLatin = short.hasSuffix("us") && !short.hasSuffix("ous")
            if (hisses || isLatin) && EnglishNoun(text: short).plural == word
                || Self.irregular[short] != nil
            {
                return short
            }
        }
        if let long = stem("s"), Self.endingInIe.contains(long) { return long }
        if let other = stem("ies", "y"), EnglishNoun(text: other).plural == word { return other }
        if let long = stem("s"), EnglishNoun(text: long).plural == word { return long }
        return word
    }
}
