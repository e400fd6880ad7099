/// A thing that can stand in a scene: its names in both languages and its sprites.
struct Concept: Sendable {
    /// Its name in English.
    let noun: EnglishNoun
    /// Its name in Chinese; nothing where none is known.
    let chinese: String?
    /// What kind of thing it is.
    let kind: ConceptKind
    /// Other names in English.
    let otherNouns: [EnglishNoun]
    /// Other names in Chinese.
    let otherChinese: [String]
    /// The sprites of it, by their numbers in the bank.
    var sprites: [Int]

    /// The measure word that Chinese counts it with.
    var measureWord: String { MeasureWords.word(of: noun.text, kind: kind) }
}
