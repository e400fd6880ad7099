/// What a picture shows, in one language.
public struct Caption: Codable, Sendable, Equatable {
    /// The language as a BCP 47 tag: `en`, `zh`.
    public let language: String

    /// The caption itself.
    public let text: String

    /// Words that go with the picture, in the order of their source.
    public let keywords: [String]

    /// Makes a caption.
    public init(language: String, text: String, keywords: [String] = []) {
        self.language = language
        self.text = text
        self.keywords = keywords
    }
}
