/// What a worker tells the studio: one line of JSON on its standard output.
public struct WorkerReply: Codable, Sendable, Equatable {
    /// What happened.
    public enum Event: String, Codable, Sendable, CaseIterable {
        /// The worker has started and waits for orders.
        case ready
        /// A part of the order is done.
        case progress
        /// A picture as far as it is drawn.
        case preview
        /// A picture is finished and its file is written.
        case picture
        /// A question is answered.
        case answer
        /// The order is done; the last reply to it.
        case done
        /// The rules forbid it; the last reply to it, or of one picture where `index` says so.
        case blocked
        /// It could not be done; the last reply to it.
        case failed
    }

    /// The order that is meant; empty for `ready`.
    public var id: String
    /// What happened.
    public var event: Event
    /// How much of the order is done, 0 to 1.
    public var share: Double?
    /// Which picture of the seed's row.
    public var index: Int?
    /// The picture's file.
    public var file: String?
    /// The picture's size.
    public var width: Int?
    public var height: Int?
    /// The drawing's record as written into the file: JSON.
    public var record: String?
    /// A sentence for people.
    public var message: String?
    /// What kind of failure: `invalid_value`, `model_not_found`, `unsupported_parameter`, `invalid_image`, `server_error`.
    public var code: String?
    /// The parameter or field that is wrong.
    public var parameter: String?
    /// What the rules found.
    public var categories: [String]?
    /// What a question is answered with.
    public var answer: WorkerAnswer?

    /// A reply.
    public init(_ event: Event, to id: String = "") {
        (self.event, self.id) = (event, id)
    }
}

/// The answer to a question.
public struct WorkerAnswer: Codable, Sendable, Equatable {
    /// To `read`: each prompt that the braces stand for.
    public var prompts: [String]?
    /// To `read`: words that no caption has, each with the nearest that one has.
    public var unknown: [String: String]?
    /// To `read`: why parameters are not followed by this model, by their names.
    public var refused: [String: String]?
    /// To `inspect`: what the weights are, without pieces of text.
    public var model: ModelSummary?
    /// To `describe`: texts, best first.
    public var texts: [String]?
    /// To `shorten`: words and how much each counts.
    public var words: [String: Double]?

    /// An answer without anything.
    public init() {}
}

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
    /// Width and height of a picture.
    public var width: Int
    public var height: Int
    /// Channels of a picture; 2 and 4 have transparency.
    public var channels: Int
    /// Names of classes that can be asked for.
    public var classNames: [String]
    /// Whether it is asked in words.
    public var takesText: Bool
    /// Whether it repairs or enlarges pictures in place of drawing.
    public var repairs: Bool
    /// Tells the weights from all others, in hexadecimal.
    public var digest: String

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
