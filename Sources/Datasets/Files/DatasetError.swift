import Files

/// What went wrong with data from the world: what kind, where, what exactly, and what to do.
public struct DatasetError: Error, CustomStringConvertible, Sendable, Equatable {
    /// The kinds of trouble a caller may want to tell apart.
    public enum Kind: String, Codable, Sendable {
        /// A file, a folder or a package is not there.
        case missing
        /// A file is there but is not what it should be.
        case damaged
        /// An archive holds something that must not be unpacked, or more than the limits allow.
        case unsafe
        /// A label is missing, out of range or of the wrong kind.
        case label
        /// Bytes do not have the checksum they must have.
        case checksum
        /// Something could not be fetched.
        case network
        /// A file could not be written.
        case unwritable
        /// A request that makes no sense: an unknown set, a size of zero.
        case request
        /// This machine cannot draw the picture (a font without the glyph): skipped, not an error.
        case undrawable
    }

    /// The kind of trouble.
    public let kind: Kind

    /// The file, folder, address or set it is about.
    public let place: String

    /// What happened: expected and found where that applies.
    public let message: String

    /// What to do about it.
    public let cure: String

    /// Puts an error together.
    public init(_ kind: Kind, at place: String, _ message: String, cure: String) {
        self.kind = kind
        self.place = place
        self.message = message
        self.cure = cure
    }

    /// One line: place, message, cure.
    public var description: String {
        "\(TerminalText.name(place)): \(message)" + (cure.isEmpty ? "" : " (\(cure))")
    }
}
