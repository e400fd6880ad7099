/// The two pictures of an example from which a translation is learned: one to begin with, and one to arrive at.
///
/// A side is one of the set's classes, a place of the set `scenes`, or a style that the set's pictures are drawn again
/// in; nothing for the pictures as they are.
public struct PicturePairs: Codable, Sendable, Equatable {
    /// What a translation begins with.
    public var from: String?
    /// What it arrives at.
    public var to: String?
    /// Whether both pictures show the same thing; classes are matched by the names of their files.
    public var matched: Bool

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case from
        case to
        case matched
    }

    /// Pairs of these sides.
    public init(from: String? = nil, to: String? = nil, matched: Bool = true) {
        (self.from, self.to, self.matched) = (from, to, matched)
    }
}
