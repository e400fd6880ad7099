import Files
import Imaging
import Scans

/// One defect of a data set: what is wrong with which file.
public struct Finding: Codable, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of defect.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The file does not decode.
        case corrupt
        /// The file is whole, but of a kind that is not read, or not on this machine.
        case unsupported
        /// The same pixels as an earlier file.
        case duplicate
        /// Smaller than asked for.
        case tooSmall
        /// A label that no class has.
        case labelOutOfRange
        /// No label, although others have one.
        case labelMissing
        /// The label file names a picture that is not there.
        case labelledFileMissing
        /// No caption, although others have one.
        case captionMissing
        /// A file of captions that cannot be read.
        case captionDamaged
        /// A class without a single picture.
        case emptyClass
        /// Files that are not used, counted, with the reason.
        case leftOut
        /// Names of an archive that are in no stated encoding, read in a guessed one.
        case guessedNames
    }

    /// What is wrong.
    public let kind: Kind

    /// The file, the entry or the class.
    public let identifier: String

    /// The particulars in one sentence.
    public let message: String

    /// Makes a finding.
    public init(_ kind: Kind, _ identifier: String, _ message: String) {
        self.kind = kind
        self.identifier = identifier
        self.message = message
    }

    /// That a picture cannot be read, by the error that reading it gave.
    init(unreadable identifier: String, _ error: any Error) {
        let kind: Kind =
            switch error as? ImagingError {
            case .noDecoder, .unsupported: .unsupported
            default:
                switch (error as? ScanError)?.kind {
                case .unsupported, .toolMissing: .unsupported
                default: .corrupt
                }
            }
        self.init(kind, identifier, String(describing: error))
    }

    /// One line: kind, file, particulars.
    public var description: String {
        let name = TerminalText.name(identifier)
        return kind == .leftOut
            ? "left out: \(message), such as \(name)" : "\(kind.rawValue): \(name): \(message)"
    }

    /// Whether it is about the picture of that name, not about the set as a whole.
    public var isOfOnePicture: Bool {
        switch kind {
        case .corrupt, .unsupported, .duplicate, .tooSmall, .labelOutOfRange, .labelMissing,
            .captionMissing:
            true
        case .labelledFileMissing, .captionDamaged, .emptyClass, .leftOut, .guessedNames: false
        }
    }

    /// The findings in few lines: one for each kind, but each of those that count by themselves.
    public static func lines(_ findings: [Finding]) -> [String] {
        Kind.allCases.flatMap { kind -> [String] in
            let own = findings.filter { $0.kind == kind }
            guard let first = own.first else { return [] }
            if kind == .leftOut || kind == .guessedNames || own.count == 1 {
                return own.map(\.description)
            }
            return ["\(own.count) findings of one kind, the first: \(first)"]
        }
    }
}
