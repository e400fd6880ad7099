import Settings

/// A text read as a scene: the things in it, how many there are, where they are, and what is around them.
///
/// What captions of scenes say is read back, and so are other ways in which people say the same. A model that draws
/// one thing at a time can then draw each by itself.
public struct SceneReading: Sendable, Equatable {
    /// A thing and what is said of it.
    public struct Thing: Sendable, Equatable {
        /// What asks for one of it, alone.
        public var text: String
        /// How many of it there are, 1 to 9.
        public var count = 1
        /// How large it is said to be.
        package internal(set) var size: SceneSize?
    }

    /// The things; where a relation is said, the last one is what the others are related to; where something is
    /// worn, the first one wears the second.
    public internal(set) var things: [Thing] = []
    /// Where the other things are to the last one; nothing where it is not said.
    package internal(set) var relation: SceneRelation?
    /// Where the second thing is worn by the first; nothing where nothing is worn.
    package internal(set) var worn: WornPlace?
    /// What is behind everything.
    package internal(set) var place: ScenePlace?
    /// The colour of a plain background.
    package internal(set) var placeColour = ColourTerm.white
    /// What is done to the whole.
    public internal(set) var style: PictureStyle?

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

    /// Whether there is anything to put together.
    private var isComposed: Bool {
        things.count > 1 || place != nil || style != nil
            || things.contains { $0.count > 1 || $0.size != nil }
    }

    /// Bytes of the longest text that is read.
    private static let longest = 600

    /// Most things of a scene, and most copies of all of them.
    static let (mostThings, mostCopies) = (4, 9)

    /// Checks numbers and gives things the words of a hand.
    ///
    /// - Parameter hand: What is put behind each text.
    /// - Returns: Nothing for more things than are put together.
    func checked(behind hand: String) -> SceneReading? {
        var found = self
        for place in found.things.indices { found.things[place].text += hand }
        let copies = found.things.reduce(0) { $0 + $1.count }
        guard (1...Self.mostThings).contains(things.count), copies <= Self.mostCopies,
            things.allSatisfy({ !$0.text.isEmpty })
        else { return nil }
        return found
    }
}
