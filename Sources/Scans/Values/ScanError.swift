import Files

/// What is wrong with a file of scans: what kind of trouble, which file, what exactly, and what to do.
public struct ScanError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of trouble.
    public enum Kind: String, Sendable, Codable {
        /// The file breaks the rules of its format, or ends early.
        case damaged
        /// A proper file of a kind that is not read.
        case unsupported
        /// A proper file that holds no picture: a report, a plan, an index.
        case pictureless
        /// A proper file whose picture is compressed in a way that needs a program that is not installed.
        case toolMissing
    }

    /// The kind of trouble.
    public let kind: Kind
    /// The file.
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
