import Files

/// What is wrong with a file of scans.
public typealias ScanError = FileProblem<ScanTrouble>

/// The kinds of trouble with scans.
public enum ScanTrouble: String, FileTrouble, Codable {
    /// The file breaks the rules of its format, or ends early.
    case damaged
    /// A proper file of a kind that is not read.
    case unsupported
    /// A proper file that holds no picture: a report, a plan, an index.
    case pictureless
    /// A proper file whose picture is compressed in a way that needs a program that is not installed.
    case toolMissing

    /// That a file breaks the rules of its format.
    public static var broken: ScanTrouble { .damaged }

    /// What to do about a file that ends early.
    public static var cureOfCut: String { "copy the file again" }
}
