/// Why the studio cannot start or go on.
public enum StudioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The store cannot be used.
    case store(path: String, reason: String)
    /// Another studio uses the folder.
    case inUse(path: String)
    /// An address that others reach needs a key.
    case keyNeeded(address: String)
    /// The worker could not be started, or ended.
    case worker(reason: String)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .store(let path, let reason):
            "cannot use the studio's store \(path): \(reason)"
        case .inUse(let path):
            "another studio uses \(path); stop it, or name another folder with --data"
        case .keyNeeded(let address):
            "\(address) can be reached by others, so a key is needed: "
                + "set ATELIER_KEY, or name a file with --key-file"
        case .worker(let reason):
            "the program that draws \(reason)"
        }
    }
}
