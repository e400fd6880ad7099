/// Combinations that are never shown in training, so that it can be seen whether a model puts together
/// what it never saw together.
enum HeldOutCombination {
    /// A thing of a colour.
    static func colour(_ colour: ColourTerm, _ thing: String) -> String {
        "colour|\(colour.rawValue)|\(thing)"
    }

    /// So many of a thing.
    static func count(_ count: Int, _ thing: String) -> String { "count|\(count)|\(thing)" }

    /// Two things and where the first is.
    static func relation(_ first: String, _ relation: SceneRelation, _ second: String) -> String {
        "relation|\(first)|\(relation.rawValue)|\(second)"
    }

    /// A thing in a style.
    static func style(_ style: String, _ thing: String) -> String { "style|\(style)|\(thing)" }

    /// A head that wears something.
    static func wearing(_ head: String, _ worn: String) -> String { "wearing|\(head)|\(worn)" }

    /// Whether a combination is held out: a tenth of all, by a hash that never changes.
    static func isHeldOut(_ combination: String) -> Bool {
        (XXHash64.hash(combination) >> 32) % 10 == 0
    }
}
