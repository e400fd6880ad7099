/// What is wrong with a file: what kind of trouble, which file, what exactly, and what to do.
public struct FileProblem<Trouble: FileTrouble>: Error, Sendable, Equatable,
    CustomStringConvertible
{
    /// The kind of trouble.
    public let kind: Trouble
    /// The file or folder.
    public let name: String
    /// What happened: expected and found where that applies.
    public let message: String
    /// What to do about it; empty where nothing helps.
    public let cure: String

    /// Puts an error together.
    public init(_ kind: Trouble, at name: String, _ message: String, cure: String = "") {
        (self.kind, self.name, self.message, self.cure) = (kind, name, message, cure)
    }

    /// One line: file, message, cure.
    public var description: String {
        "\(TerminalText.name(name)): \(message)" + (cure.isEmpty ? "" : "; \(cure)")
    }
}

/// The kinds of trouble with files of a format.
public protocol FileTrouble: Sendable, Equatable {
    /// That a file breaks the rules of its format, or ends early.
    static var broken: Self { get }
    /// What to do about a file that ends early.
    static var cureOfCut: String { get }
}
