import Files

/// Why a recording becomes no text: what kind of trouble, which file, what exactly, and what to do.
public struct SpeechError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of trouble.
    public enum Kind: String, Sendable, Codable {
        /// The recording cannot be read, or nothing is said in it.
        case recording
        /// The library, its acoustic model or its dictionary is missing or damaged.
        case recogniser
        /// The model that draws knows no words that could be said.
        case wordless
    }

    /// The kind of trouble.
    public let kind: Kind
    /// The file or folder.
    public let name: String
    /// What happened: expected and found where that applies.
    public let message: String
    /// What to do about it; empty where nothing helps.
    public let cure: String

    /// Puts an error together.
    public init(_ kind: Kind, at name: String, _ message: String, cure: String = "") {
        (self.kind, self.name, self.message, self.cure) = (kind, name, message, cure)
    }

    /// One line: file, message, cure.
    public var description: String {
        "\(TerminalText.name(name)): \(message)" + (cure.isEmpty ? "" : "; \(cure)")
    }
}
