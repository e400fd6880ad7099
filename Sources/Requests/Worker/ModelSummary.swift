/// What a file of weights is, in a few words.
public struct ModelSummary: Codable, Sendable, Equatable {
    /// The family of networks.
    public var family: String
    /// The recipe that trained it.
    public var recipe: String
    /// The data set.
    public var set: String
    /// Real pictures shown in training.
    public var images: Int
    /// Width of a picture.
    public var width: Int
    /// Height of a picture.
    public var height: Int
    /// Channels of a picture; 2 and 4 have transparency.
    public var channels: Int
    /// Names of classes that can be asked for.
    public var classNames: [String]
    /// Pixels of the longer side of what it draws where no size is asked for; nothing: its own.
    public var usualSide: Int?
    /// Whether it is asked in words.
    public var takesText: Bool
    /// Whether it repairs or enlarges pictures in place of drawing.
    public var repairs: Bool
    /// Tells the weights from all others, in hexadecimal.
    public var digest: String
    /// Layers that take a style of their own.
    public var styles: Int?
    /// Whether pictures change steadily with the numbers they are drawn from.
    public var explores: Bool?
    /// Whether it makes pictures into pictures of another kind in place of drawing.
    public var translates: Bool?
    /// Licence, data and limits of weights that others have published.
    public var terms: String?
    /// Why parameters of prompts are not followed, by their names.
    public var refused: [String: String]?

    /// A summary.
    public init(
        family: String,
        recipe: String,
        set: String,
        images: Int,
        width: Int,
        height: Int,
        channels: Int,
        classNames: [String],
        takesText: Bool,
        repairs: Bool,
        digest: String
    ) {
        (self.family, self.recipe, self.set, self.images) = (family, recipe, set, images)
        (self.width, self.height, self.channels) = (width, height, channels)
        (self.classNames, self.takesText) = (classNames, takesText)
        (self.repairs, self.digest) = (repairs, digest)
    }
}
