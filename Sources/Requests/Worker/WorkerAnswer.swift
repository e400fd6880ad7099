import Speech

/// The answer to a question.
public struct WorkerAnswer: Codable, Sendable, Equatable {
    /// To `read`: each prompt that the braces stand for.
    public var prompts: [String]?
    /// To `read`: words that no caption has, each with the nearest that one has.
    public var unknown: [String: String]?
    /// To `read`: words that others are drawn for, with those.
    public var readings: [String: String]?
    /// To `read`: why parameters are not followed by this model, by their names.
    public var refused: [String: String]?
    /// To `inspect`: what the weights are, without pieces of text.
    public var model: ModelSummary?
    /// To `describe`: texts, best first.
    public var texts: [String]?
    /// To `shorten`: words and how much each counts.
    public var words: [String: Double]?
    /// To `transcribe`: what is said.
    public var speech: Transcript?

    /// An answer without anything.
    public init() {}
}
