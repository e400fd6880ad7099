import Settings

/// A text read as a scene: the things in it, how many there are, where they are, and what is around them.
///
/// What captions of scenes say is read back, and so are other ways in which people say the same. A model that draws
/// one thing at a time can then draw each by itself.
public struct SceneReading: Sendable, Equatable {
    /// A thing and what is said of it.
    public struct Thing: Sendable, Equatable {
        /// What asks for one of it, alone.
        public internal(set) var text: String
        /// How many of it there are, 1 to 9.
        public internal(set) var count = 1
        /// How large it is said to be.
        package internal(set) var size: SceneSize?
        /// What it wears and holds.
        package internal(set) var carried: [Carried] = []
    }

    /// Something that a thing wears or holds.
    package struct Carried: Sendable, Equatable {
        /// What asks for it, alone.
        package internal(set) var text: String
        package let place: CarriedPlace
    }

    /// The things; where a relation is said, the last one is what the others are related to.
    public internal(set) var things: [Thing] = []
    /// Where the other things are to the last one; nothing where it is not said.
    package internal(set) var relation: SceneRelation?
    /// What is around everything.
    package internal(set) var place: ScenePlace?
    /// The colour of a plain background.
    package internal(set) var placeColour = ColourTerm.white
    /// What stands in the place, drawn as things are.
    package internal(set) var prop: SceneProp?
    /// What is painted in place of the place.
    package internal(set) var scenery: SceneScenery?
    /// What is done to the whole.
    public internal(set) var style: PictureStyle?
    /// What is said and cannot be shown: praise, and how good the picture is to be.
    public internal(set) var unshown: [String] = []
    /// Whether words before the scene ask for a picture of it: `a picture of`.
    var isOpened = false

    /// A scene without anything yet.
    init() {}

    /// Reads a text in English or Chinese.
    ///
    /// - Returns: Nothing for one thing alone, of which there is nothing to put together, and for what cannot be
    ///   read as a scene.
    public init?(_ text: String) {
        // A scene is said in few words.
        guard text.utf8.count <= Self.longest else { return nil }
        let isChinese = text.unicodeScalars.contains(where: \.properties.isIdeographic)
        let found =
            isChinese ? ChineseReading.reading(of: text) : EnglishReading.reading(of: text)
        guard let found, found.isComposed else { return nil }
        self = found
    }

    /// What the model is asked for, one by one: each thing, behind it what it carries, and at the end what stands in
    /// the place.
    public var texts: [String] {
        things.flatMap { [$0.text] + $0.carried.map(\.text) } + (prop.map { [$0.text] } ?? [])
    }

    /// Whether there is anything to put together, or to leave out.
    private var isComposed: Bool {
        things.count > 1 || place != nil || style != nil || isOpened || !unshown.isEmpty
            || things.contains { $0.count > 1 || $0.size != nil || !$0.carried.isEmpty }
    }

    /// Bytes of the longest text that is read.
    private static let longest = 600

    /// Most things of a scene with what they carry, and most copies of all things.
    static let (mostThings, mostCopies) = (4, 9)

    /// Checks numbers and gives things the words of a hand.
    ///
    /// - Parameter hand: What is put behind each text.
    /// - Returns: Nothing for more things than are put together.
    func checked(behind hand: String) -> SceneReading? {
        var found = self
        for place in found.things.indices {
            found.things[place].text += hand
            for number in found.things[place].carried.indices {
                found.things[place].carried[number].text += hand
            }
        }
        found.prop?.text += hand
        let copies = found.things.reduce(0) { $0 + $1.count }
        let drawn = found.things.reduce(0) { $0 + 1 + $1.carried.count }
        guard (1...Self.mostThings).contains(drawn), copies <= Self.mostCopies,
            found.texts.allSatisfy({ !$0.isEmpty })
        else { return nil }
        return found
    }
}

/// Where a thing has what it carries.
package enum CarriedPlace: Sendable, Equatable {
    /// On its head.
    case worn(WornPlace)
    /// In its hand.
    case held
    /// Above its hand, as a balloon is.
    case raised
}

/// What stands in a place, drawn by the model as things are.
package struct SceneProp: Sendable, Equatable {
    /// Where it stands.
    package enum Spot: Sendable, Equatable {
        /// At both sides, behind the things.
        case behind
        /// Over the things.
        case above
    }

    /// What asks for one of it, alone.
    package internal(set) var text: String
    package let spot: Spot
}
