import Yams

/// What a recipe says of itself, for those who choose one; its networks are not looked at.
public struct RecipeOutline: Decodable, Sendable {
    /// What it is, in one sentence.
    public let description: String
    /// What it needs, gives and takes.
    public let about: About
    /// What it learns from.
    public let data: Dataset
    /// How long.
    public let training: Training

    /// What it needs, gives and takes.
    public struct About: Decodable, Sendable {
        /// Data and machine that it needs.
        public let needs: String?
        /// What comes out, and what does not.
        public let expect: String?
        /// Hours on two cores; nothing where nobody measured them.
        public let hours: Double?

        enum CodingKeys: String, CodingKey {
            case needs, expect
            case hours = "hours-on-two-cores"
        }
    }

    /// What it learns from.
    public struct Dataset: Decodable, Sendable {
        /// The set's name.
        public let set: String
        /// Height and width in pixels.
        public let size: [Int]
    }

    /// How long it trains.
    public struct Training: Decodable, Sendable {
        /// Passes over the pictures.
        public let epochs: Int
    }
}

extension BundledRecipe {
    /// What the recipe says of itself; nothing where it leaves out what every bundled recipe says.
    public var outline: RecipeOutline? { try? YAMLDecoder().decode(RecipeOutline.self, from: yaml) }
}
