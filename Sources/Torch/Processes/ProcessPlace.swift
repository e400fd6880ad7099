/// Where a process stands among those that train together, and how it finds them.
public struct ProcessPlace: Sendable, Equatable {
    /// The number of the process, from zero.
    public var rank: Int
    /// How many processes there are.
    public var count: Int
    /// The number of the process on its machine.
    public var localRank: Int
    /// How many there are on its machine; nil where nobody said.
    public var localCount: Int?
    /// The machine that they meet at.
    public var host: String
    /// The port there.
    public var port: Int
    /// Whether a launcher keeps the store that they meet at, and what it puts before names in it.
    public var launcherPrefix: String?

    /// A place.
    public init(
        rank: Int,
        count: Int,
        localRank: Int? = nil,
        localCount: Int? = nil,
        host: String = "127.0.0.1",
        port: Int,
        launcherPrefix: String? = nil
    ) {
        self.rank = rank
        self.count = count
        self.localRank = localRank ?? rank
        self.localCount = localCount
        self.host = host
        self.port = port
        self.launcherPrefix = launcherPrefix
    }

    /// Whether this process leads: it alone writes, judges and decides.
    public var leads: Bool { rank == 0 }

    /// The place that variables tell; nil where they tell of one process, or of none.
    ///
    /// RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT, as torchrun sets them; where none of the
    /// first two is there, those of a step of SLURM.
    ///
    /// - Throws: `ProcessGroupError` that names a variable which is missing, no number, or contradicts another.
    public init?(variables: [String: String]) throws(ProcessGroupError) {
        let known = Variables(variables)
        if variables["RANK"] == nil, variables["WORLD_SIZE"] == nil {
            guard let place = try ProcessPlace.slurm(known) else { return nil }
            self = place
            return
        }
        let count = try known.number("WORLD_SIZE", in: 1...65_536)
        let rank = try known.number("RANK", in: 0...65_535)
        guard rank < count else {
            throw .variable("RANK", problem: "is \(rank), but WORLD_SIZE is \(count)")
        }
        guard count > 1 else { return nil }
        let localCount =
            variables["LOCAL_WORLD_SIZE"] == nil
            ? nil : try known.number("LOCAL_WORLD_SIZE", in: 1...count)
        let localRank =
            variables["LOCAL_RANK"] == nil ? rank : try known.number("LOCAL_RANK", in: 0...rank)
        if let localCount, localRank >= localCount {
            throw .variable(
                "LOCAL_RANK",
                problem: "is \(localRank), but LOCAL_WORLD_SIZE is \(localCount)"
            )
        }
        var prefix: String?
        if variables["TORCHELASTIC_USE_AGENT_STORE"] == "True" {
            prefix = "/worker/attempt_\(variables["TORCHELASTIC_RESTART_COUNT"] ?? "0")"
        }
        self.init(
            rank: rank,
            count: count,
            localRank: localRank,
            localCount: localCount,
            host: try known.text("MASTER_ADDR"),
            port: try known.number("MASTER_PORT", in: 1...65_535),
            launcherPrefix: prefix
        )
    }

    /// The place in a step of SLURM; nil outside of one, or where it has one task.
    private static func slurm(_ known: Variables) throws(ProcessGroupError) -> ProcessPlace? {
        // Set by srun alone: a script of sbatch that starts one process has SLURM_NTASKS, too.
        guard known.all["SLURM_STEP_NUM_TASKS"] != nil else { return nil }
        let count = try known.number("SLURM_STEP_NUM_TASKS", in: 1...65_536)
        guard count > 1 else { return nil }
        let rank = try known.number("SLURM_PROCID", in: 0...(count - 1))
        let nodes = known.all["SLURM_STEP_NODELIST"] ?? known.all["SLURM_JOB_NODELIST"]
        let nodeCount = known.all["SLURM_STEP_NUM_NODES"] ?? known.all["SLURM_NNODES"]
        guard let host = known.all["MASTER_ADDR"] ?? nodes.flatMap(firstNode) else {
            throw .variable("SLURM_STEP_NODELIST", problem: "is missing or names no machine")
        }
        let job = Int(known.all["SLURM_JOB_ID"] ?? "") ?? 0
        let port =
            known.all["MASTER_PORT"] == nil
            ? 20_000 + job % 20_000 : try known.number("MASTER_PORT", in: 1...65_535)
        return ProcessPlace(
            rank: rank,
            count: count,
            localRank: try known.number("SLURM_LOCALID", in: 0...rank),
            localCount: nodeCount == "1" ? count : nil,
            host: host,
            port: port
        )
    }

    /// The first machine of a list as SLURM writes it: `node[01-04,7],other` is `node01`.
    package static func firstNode(_ list: String) -> String? {
        let name = list.prefix { $0 != "[" && $0 != "," }
        guard list.dropFirst(name.count).first == "[" else {
            return name.isEmpty ? nil : String(name)
        }
        let number = list.dropFirst(name.count + 1).prefix { $0.isNumber }
        return number.isEmpty ? nil : String(name + number)
    }
}

/// The variables of a process, read with the errors that name them.
private struct Variables {
    let all: [String: String]

    init(_ all: [String: String]) { self.all = all }

    func text(_ name: String) throws(ProcessGroupError) -> String {
        guard let text = all[name], !text.isEmpty else {
            throw .variable(
                name,
                problem: "is missing, but others say that several processes train"
            )
        }
        return text
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(ProcessGroupError) -> Int {
        let text = try text(name)
        guard let number = Int(text), range.contains(number) else {
            throw .variable(
                name,
                problem:
                    "is '\(text)', expected a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }
}
