import Prompts

/// What becomes of pictures that are already there.
public struct EditRequest: Sendable, Equatable {
    /// The key of all random numbers.
    public var seed: UInt64
    /// Which results of the seed's row.
    public var indices: [Int]
    /// What is asked for; empty leaves it open.
    public var parts: [Prompt.Part]
    /// How it is drawn.
    public var manner: DrawingManner

    /// A request for the first results of a seed.
    public init(
        seed: UInt64,
        count: Int = 1,
        parts: [Prompt.Part] = [],
        manner: DrawingManner = DrawingManner()
    ) {
        (self.seed, self.indices) = (seed, Array(0..<count))
        (self.parts, self.manner) = (parts, manner)
    }

    /// The request for drawings that asks for the same.
    var drawing: DrawingRequest {
        DrawingRequest(seed: seed, indices: indices, parts: parts, manner: manner)
    }
}

/// What was done to pictures.
public struct Edit: Codable, Sendable, Equatable {
    /// What it is called, such as `vary`.
    public var name: String
    /// The names of the pictures' files.
    public var pictures: [String]
    /// Its numbers.
    public var numbers: [String: Double]

    /// An edit.
    public init(_ name: String, of pictures: [String], _ numbers: [String: Double] = [:]) {
        (self.name, self.pictures, self.numbers) = (name, pictures, numbers)
    }
}
