/// What a thing of a scene is called: the concept's name, now and then another one that people use.
struct SceneName: Sendable {
    /// Its name in English.
    let noun: EnglishNoun
    /// Its name in Chinese; nothing where none is known.
    let chinese: String?
    /// The measure word that Chinese counts it with.
    let measureWord: String

    /// How often another name is taken, where there is one.
    private static let share: Float = 0.2

    /// Chooses a name.
    init(_ concept: Concept, _ chance: inout Chance) {
        let isOther = chance.happens(Self.share)
        noun =
            isOther && !concept.otherNouns.isEmpty
            ? chance.among(concept.otherNouns) : concept.noun
        chinese =
            isOther && !concept.otherChinese.isEmpty && concept.chinese != nil
            ? chance.among(concept.otherChinese) : concept.chinese
        measureWord = concept.measureWord
    }
}
