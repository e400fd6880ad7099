/// A word that is drawn otherwise than it is typed: one that no caption has, or one of whose thing more is known.
public struct WordReading: Codable, Sendable, Equatable {
    /// How the two belong together.
    public enum Relation: String, Codable, Sendable {
        /// They mean the same.
        case same
        /// The word is a kind of what is drawn.
        case kind
        /// Both are kinds of a third thing that no caption has either.
        case relative
        /// A fact says more of the word's thing than the prompt does.
        case fact
    }

    /// The word, or the words that mean one thing together, as typed.
    public var word: String
    /// What is drawn.
    public var drawn: String
    /// How the two belong together.
    public var relation: Relation
    /// What both are, for relatives.
    public var shared: String?

    /// A reading.
    public init(word: String, drawn: String, relation: Relation, shared: String? = nil) {
        (self.word, self.drawn, self.relation, self.shared) = (word, drawn, relation, shared)
    }

    /// For people: `puppy: drawn as dog`.
    public var sentence: String {
        "\(word): drawn as \(drawn)" + (shared.map { ", which is a kind of \($0), too" } ?? "")
    }
}
