import Foundation
import Torch

/// Where a process stands among those that train together, for commands, which know no tensors.
public typealias TrainingPlace = ProcessPlace
/// The processes that train together.
public typealias TrainingGroup = ProcessGroup
/// Why processes cannot train together.
public typealias TrainingGroupError = ProcessGroupError

extension ProcessGroup {
    /// Meets the others as the variables of this process say.
    ///
    /// - Throws: `ProcessGroupError`.
    public convenience init(
        meeting place: ProcessPlace,
        _ variables: [String: String]
    ) throws(ProcessGroupError) {
        try self.init(
            place,
            interface: variables["GLOO_SOCKET_IFNAME"],
            timeout: try ProcessGroup.patience(variables)
        )
        let host = ProcessInfo.processInfo.hostName
        try announce("\(host), process \(ProcessInfo.processInfo.processIdentifier)")
    }

    /// Seconds that others are waited for: ATELIER_PROCESS_TIMEOUT, or half an hour.
    private static func patience(_ variables: [String: String]) throws(ProcessGroupError) -> Double
    {
        let name = "ATELIER_PROCESS_TIMEOUT"
        guard let text = variables[name] else { return 1800 }
        guard let seconds = Double(text), (1...1_000_000).contains(seconds) else {
            throw .variable(name, problem: "is '\(text)', expected seconds from 1 to 1000000")
        }
        return seconds
    }
}

extension AsyncStream where Element == TrainingEvent {
    /// Takes everything and says nothing: the leading process speaks for all.
    public func drained() async { for await _ in self {} }
}
