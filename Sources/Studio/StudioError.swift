/// Why the studio cannot start or go on.
public enum StudioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The store cannot be used.
    case store(path: String, reason: String)
    /// Another studio uses the folder.
    case inUse(path: String)
    /// An address that others reach needs a key.
    case keyNeeded(address: String)
    /// Another program listens at the address; who, and which port is free, where that is known.
    case portTaken(_ address: String, holder: String?, free: Int?)
    /// The address cannot be listened at.
    case address(_ address: String, reason: String)
    /// A path cannot stand before every address of the studio.
    case basePath(_ path: String, reason: String)
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
        case .portTaken(let address, let holder, let free):
            "\(address) is taken by \(holder ?? "another program, perhaps another studio"); stop it"
                + (free.map { ", or listen elsewhere: --port \($0)" } ?? ", or name another --port")
        case .address(let address, let reason):
            "cannot listen at \(address): \(reason.lowercased()); name an address of this machine"
                + " with --host, and a port of 1024 or more with --port"
        case .basePath(let path, let reason):
            "--base-path is '\(path)', and \(reason); expected a path such as /atelier, as the proxy shows it"
        case .worker(let reason):
            "the program that draws \(reason)"
        }
    }
}
