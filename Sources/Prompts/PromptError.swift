/// Why a prompt cannot be used, where, and what to do about it.
public struct PromptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, for programs.
    public enum Kind: String, Codable, Sendable {
        /// There is nothing to draw.
        case empty
        /// More characters than are taken.
        case tooLong = "too_long"
        /// A character that no text has.
        case character
        /// Braces that do not open and close in pairs.
        case braces
        /// More prompts than are taken at once.
        case tooMany = "too_many"
        /// Weights whose sum is not above nothing.
        case weights
        /// A picture that cannot be taken.
        case picture
        /// A parameter that is not known.
        case unknownParameter = "unknown_parameter"
        /// A parameter that is known but not to be had.
        case unsupported
        /// A value that the parameter does not take.
        case value
        /// A preset that cannot be made or used.
        case preset
        /// Something that the rules of the house do not allow.
        case blocked = "moderation_blocked"
    }

    /// What is wrong.
    public let kind: Kind
    /// The parameter it is about.
    public let parameter: String?
    /// The character at which it starts, the first one being 1.
    public let column: Int?
    /// What the rule that is broken belongs to.
    public let category: String?
    /// What is wrong, what was expected and found, and what to do.
    public let message: String

    /// An error.
    public init(
        _ kind: Kind,
        _ message: String,
        parameter: String? = nil,
        column: Int? = nil,
        category: String? = nil
    ) {
        (self.kind, self.message, self.parameter, self.column) = (kind, message, parameter, column)
        self.category = category
    }

    /// The message, with the place.
    public var description: String {
        column.map { "at character \($0): \(message)" } ?? message
    }
}
