/// Why several processes cannot compute together, with what to do about it.
public enum ProcessGroupError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A variable that says where a process stands is missing or wrong.
    case variable(String, problem: String)
    /// This build has no transport between processes.
    case notBuilt
    /// The others were not met.
    case notMet(place: String, problem: String)
    /// Another process ended or does not answer.
    case lost(others: String, problem: String)
    /// Processes that should have the same numbers do not.
    case differing(process: Int, what: String)
    /// A process said why it ended.
    case ended(process: Int, reason: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .variable(let name, let problem):
            "the variable \(name) \(problem). Let 'atelier train --processes N', torchrun or srun set it, or unset"
                + " RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT to train in one process."
        case .notBuilt:
            "this atelier was built without Gloo, which moves numbers between processes: its headers were not found."
                + " Run 'make setup' (Debian: apt-get install libgloo-dev), then 'make build', or train in one process."
        case .notMet(let place, let problem):
            "the other processes were not met at \(place): \(problem). See that all were started with the same"
                + " MASTER_ADDR, MASTER_PORT and WORLD_SIZE, and that no firewall is between them."
        case .lost(let others, let problem):
            "\(others): \(problem). The run goes on from its last checkpoint with 'atelier train --resume last', on"
                + " any number of processes."
        case .differing(let process, let what):
            "process \(process) has other numbers than process 0 in \(what), and all must have the same. Use the"
                + " same machine type and version everywhere, go on from an earlier checkpoint, and report this."
        case .ended(let process, let reason):
            "process \(process) ended: \(reason)"
        }
    }
}
