/// What was done to pictures.
public struct Edit: Codable, Sendable, Equatable {
    /// What it is called, such as `vary`.
    public var name: String
    /// The names of the pictures' files.
    public var pictures: [String]
    /// Its numbers.
    public var numbers: [String: Double]
    /// What it was told in words, by the names of its fields.
    public var words: [String: String]?

    /// Whether chance has a part in it.
    var drawsByChance: Bool { !["upscale", "restore", "translate", "wang"].contains(name) }

    /// An edit.
    public init(
        _ name: String,
        of pictures: [String],
        _ numbers: [String: Double] = [:],
        words: [String: String]? = nil
    ) {
        (self.name, self.pictures, self.numbers, self.words) = (name, pictures, numbers, words)
    }
}
