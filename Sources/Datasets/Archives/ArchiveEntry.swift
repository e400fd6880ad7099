/// One entry of an archive, as its directory describes it.
struct ArchiveEntry: Sendable, Equatable {
    /// The kinds of entry that matter here.
    enum Kind: Sendable {
        case file
        case folder
        case link
        case other
    }

    /// The place among the entries, in the order in which they lie in the file.
    let ordinal: Int

    /// The path, components separated by `/`.
    var path: String

    /// The path as it was first read, before names were read in the encoding of all.
    let original: String

    /// The bytes of the path where they are not UTF-8 and nothing says what they are.
    var unknown: [UInt8]?

    let kind: Kind

    /// How many bytes it has, unpacked; nil when the directory does not say.
    let bytes: Int?

    let isEncrypted: Bool

    /// Whether a directory that is read again says the same of the entry, whatever it is called.
    func isSame(as other: ArchiveEntry) -> Bool {
        ordinal == other.ordinal && kind == other.kind && bytes == other.bytes
            && isEncrypted == other.isEncrypted && original == other.original
    }

    private static let archiveSuffixes = [
        ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".jar", ".cab",
    ]

    /// Why this entry must not be unpacked; nil when nothing is wrong with it.
    var danger: String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let lowered = path.lowercased()
        if kind == .link { return "is a link" }
        if kind == .other { return "is neither a file nor a folder" }
        if path.isEmpty { return "has no name" }
        if path.hasPrefix("/") || path.dropFirst().first == ":" { return "has an absolute path" }
        if parts.contains("..") { return "leads out of the archive" }
        if path.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            return "has control characters in its name"
        }
        if kind == .file, Self.archiveSuffixes.contains(where: lowered.hasSuffix) {
            return "is an archive within the archive"
        }
        if isEncrypted { return "is encrypted" }
        if kind == .file, bytes == nil { return "does not say its size" }
        return nil
    }
}
