import Files
import Settings

/// What can go wrong with pictures and their files: always with the name of the file.
public enum ImagingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(name: String, reason: String)
    /// A file has no bytes.
    case empty(name: String)
    /// A limit is exceeded, told before any pixel is decoded; `what` is pixels, width and so on.
    case tooLarge(name: String, what: String, found: Int, limit: Int)
    /// A picture has too few pixels for what is to be made of it.
    case tooSmall(name: String, side: Int, limit: Int)
    /// The first bytes are those of no format that is read.
    case unknownFormat(name: String, found: String)
    /// The format is read elsewhere, but not allowed here.
    case forbiddenFormat(name: String, found: PictureFormat, allowed: [PictureFormat])
    /// The file's name says one format, its content is another.
    case mislabelled(name: String, expected: PictureFormat, found: PictureFormat)
    /// The file ends early.
    case truncated(name: String, format: PictureFormat, expected: String, found: String)
    /// The content breaks the rules of its format.
    case corrupt(name: String, format: PictureFormat, expected: String, found: String)
    /// A proper file of a kind that is not read, such as floating-point TIFF.
    case unsupported(name: String, format: PictureFormat, reason: String)
    /// A proper format that the libvips of this machine has no decoder for.
    case noDecoder(name: String, format: PictureFormat)
    /// A picture cannot be stored in this format.
    case notEncoded(format: PictureFormat, reason: String)
    /// A file cannot be written.
    case notWritten(name: String, reason: String)
    /// Text cannot be drawn.
    case notDrawn(text: String, font: String, reason: String)
    /// A picture cannot be drawn in a style.
    case notStyled(style: PictureStyle, reason: String)
    /// A picture is not of the kind that something is made of, such as a panorama.
    case unsuited(name: String, purpose: String, reason: String)
    /// Sprites do not go on a sheet.
    case noSheet(reason: String)
    /// The picture library does not start.
    case unavailable(reason: String)

    /// Says what happened, where, what was expected and found, and what helps.
    public var description: String {
        switch self {
        case .unreadable(let name, let reason):
            "\(TerminalText.name(name)): cannot be read: \(reason)"
        case .empty(let name):
            "\(TerminalText.name(name)): is empty; expected a picture (\(PictureFormat.list)), found 0 bytes"
        case .tooLarge(let name, let what, let found, let limit):
            "\(TerminalText.name(name)): too large: expected at most \(limit) \(what), found \(found)"
        case .tooSmall(let name, let side, let limit):
            """
            \(TerminalText.name(name)): has \(side) pixels at its shorter side, expected \(limit) or more. Make it \
            larger first, with 'atelier upscale'.
            """
        case .unknownFormat(let name, let found):
            "\(TerminalText.name(name)): not a picture: expected \(PictureFormat.list), found \(found)"
        case .forbiddenFormat(let name, let found, let allowed):
            """
            \(TerminalText.name(name)): format not allowed here: expected \
            \(allowed.map(\.title).joined(separator: ", ")), found \(found.title)
            """
        case .mislabelled(let name, let expected, let found):
            """
            \(TerminalText.name(name)): mislabelled: expected \(expected.title) by its name, found \(found.title) \
            by its content; rename it to .\(found.fileExtension), or allow mislabelled files
            """
        case .truncated(let name, let format, let expected, let found):
            "\(TerminalText.name(name)): truncated \(format.title): expected \(expected), found \(found)"
        case .corrupt(let name, let format, let expected, let found):
            "\(TerminalText.name(name)): corrupt \(format.title): expected \(expected), found \(found)"
        case .unsupported(let name, let format, let reason):
            "\(TerminalText.name(name)): \(format.title) of a kind that is not read: \(reason)"
        case .noDecoder(let name, let format):
            """
            \(TerminalText.name(name)): \(format.title) cannot be read on this machine: its libvips has no decoder \
            for it; install \(format.decoder), or convert the file to PNG or JPEG
            """
        case .notEncoded(let format, let reason):
            "the picture cannot be stored as \(format.title): \(reason)"
        case .notWritten(let name, let reason):
            "\(TerminalText.name(name)): cannot be written: \(reason)"
        case .notDrawn(let text, let font, let reason):
            "the text '\(text)' cannot be drawn in \(font): \(reason)"
        case .notStyled(let style, let reason):
            "the picture cannot be drawn as \(style.rawValue): \(reason)"
        case .unsuited(let name, let purpose, let reason):
            "\(TerminalText.name(name)): not \(purpose): \(reason)"
        case .noSheet(let reason):
            "no sheet of sprites: \(reason)"
        case .unavailable(let reason):
            "libvips does not start: \(reason); install libvips (libvips-dev, or brew's vips)"
        }
    }
}
