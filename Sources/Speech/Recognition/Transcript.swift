/// What was said in a recording.
public struct Transcript: Codable, Sendable, Equatable {
    /// A word that was heard.
    public struct Word: Codable, Sendable, Equatable {
        /// The word.
        public var word: String
        /// When it begins, in seconds.
        public var start: Double
        /// When it ends, in seconds.
        public var end: Double
        /// How likely it is among all that could have been said, from 0 to 1.
        public var confidence: Double
    }

    /// The words in one line.
    public var text: String
    /// The words in order.
    public var words: [Word]
    /// How long the recording is, in seconds.
    public var seconds: Double
    /// How many words could be recognised.
    public var vocabulary: Int
    /// How many words the model knows of which no dictionary tells the sound.
    public var leftOut: Int
}
