/// One defect of a data set: what is wrong with which file.
public struct Finding: Codable, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of defect.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The file does not decode.
        case corrupt
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
        /// A class without a single picture.
        case emptyClass
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

    /// One line: kind, file, particulars.
    public var description: String { "\(kind.rawValue): \(identifier): \(message)" }
}
