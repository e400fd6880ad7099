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
    /// The picture's width in pixels.
    public var width: Int?
    /// The picture's height in pixels.
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
