/// What was done to pictures.
public struct Edit: Codable, Sendable, Equatable {
    /// What it is called, such as `vary`.
    public var name: String
    /// The names of the pictures' files.
    public var pictures: [String]
    /// Its numbers.
    public var numbers: [String: Double]

    /// Whether chance has a part in it.
    var drawsByChance: Bool { !["upscale", "restore"].contains(name) }

    /// An edit.
    public init(_ name: String, of pictures: [String], _ numbers: [String: Double] = [:]) {
        (self.name, self.pictures, self.numbers) = (name, pictures, numbers)
    }
}
