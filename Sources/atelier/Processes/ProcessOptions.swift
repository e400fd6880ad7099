import ArgumentParser
import Foundation
import Training

/// How many processes train together, and where they meet.
struct ProcessOptions: ParsableArguments {
    @Option(
        help: "Processes on this machine that train together; each takes its share of every batch."
    )
    var processes: Int?

    @Option(help: "Machines that train together, each started with the same command.")
    var nodes: Int?

    @Option(help: "The number of this machine among them, from 0.")
    var nodeRank: Int?

    @Option(help: "Where all meet, HOST:PORT of machine 0; for several machines.")
    var master: String?

    func validate() throws {
        if let processes, !(1...1024).contains(processes) {
            throw ValidationError(
                "--processes expects a number from 1 to 1024, found \(processes)."
            )
        }
        if let nodes, !(1...1024).contains(nodes) {
            throw ValidationError("--nodes expects a number from 1 to 1024, found \(nodes).")
        }
        let several = nodes ?? 1
        if let nodeRank, !(0..<several).contains(nodeRank) {
            throw ValidationError(
                "--node-rank expects a number from 0 to \(several - 1) (--nodes \(several)), found \(nodeRank)."
            )
        }
        if several > 1, nodeRank == nil {
            throw ValidationError(
                "--nodes \(several) needs --node-rank, the number of this machine."
            )
        }
        if several > 1, master == nil {
            throw ValidationError(
                "--nodes \(several) needs --master HOST:PORT, the same on every machine."
            )
        }
        if let master, meeting == nil {
            throw ValidationError("--master expects HOST:PORT, found '\(master)'.")
        }
    }

    /// The host and the port of `--master`.
    private var meeting: (host: String, port: Int)? {
        guard let master, let colon = master.lastIndex(of: ":"),
            let port = Int(master[master.index(after: colon)...]), (1...65_535).contains(port)
        else { return nil }
        let host = master[..<colon]
        return host.isEmpty ? nil : (String(host), port)
    }

    /// The places of the processes that this command is to start; none where it trains itself.
    ///
    /// - Throws: What the system says where no port is free.
    func places() throws -> [TrainingPlace] {
        let own = processes ?? 1
        let machines = nodes ?? 1
        guard own * machines > 1 else { return [] }
        let (host, port) = try meeting ?? ("127.0.0.1", TrainingPlace.freePort())
        return (0..<own).map { local in
            TrainingPlace(
                rank: (nodeRank ?? 0) * own + local,
                count: own * machines,
                localRank: local,
                localCount: own,
                host: host,
                port: port
            )
        }
    }

    /// The place that this process was given by whoever started it; nil where it trains alone or starts others.
    ///
    /// - Throws: `TrainingGroupError`; a number of processes that contradicts the one in the variables.
    func given(_ variables: [String: String]) throws -> TrainingPlace? {
        guard let place = try TrainingPlace(variables: variables) else { return nil }
        if let processes, processes * (nodes ?? 1) != place.count {
            throw TrainingGroupError.variable(
                "WORLD_SIZE",
                problem: "is \(place.count), but --processes says \(processes)"
            )
        }
        return place
    }
}
