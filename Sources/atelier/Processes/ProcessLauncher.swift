import Foundation
import Runs
import Synchronization
import Training

/// Starts this program once for each process of a group, and stays until all have ended.
///
/// The first process has the console; lines of the others come with their numbers. Signals are passed on. Where
/// one ends badly the others have ten seconds to say why they end, too.
final class ProcessLauncher: Sendable {
    /// Seconds that the others have once one ended badly.
    private static let grace = 10.0

    private let places: [TrainingPlace]
    private let threads: Int?

    /// A launcher.
    ///
    /// - Parameters:
    ///   - places: Of the processes to be started.
    ///   - threads: Of the processor for each, where that was said; else they share the machine's.
    init(_ places: [TrainingPlace], threads: Int?) {
        (self.places, self.threads) = (places, threads)
    }

    /// Starts all and waits for them.
    ///
    /// - Returns: The status of the first that ended badly, otherwise 0.
    /// - Throws: What the system says where a process cannot be started.
    func run() throws -> Int32 {
        let ends = Ends()
        var children: [Process] = []
        var printers: [LinePrinter] = []
        for place in places {
            let child = Process()
            child.executableURL = URL(
                filePath: Bundle.main.executablePath ?? CommandLine.arguments[0]
            )
            child.arguments = Array(CommandLine.arguments.dropFirst())
            child.environment = variables(of: place)
            if place.localRank > 0 {
                let printer = LinePrinter(prefix: "[\(place.rank)] ")
                child.standardOutput = printer.pipe
                child.standardError = printer.pipe
                child.standardInput = FileHandle.nullDevice
                printers.append(printer)
            }
            child.terminationHandler = { ended in
                let isSignal = ended.terminationReason == .uncaughtSignal
                ends.add(
                    End(
                        rank: place.rank,
                        status: isSignal
                            ? 128 + ended.terminationStatus : ended.terminationStatus,
                        signal: isSignal ? ended.terminationStatus : nil
                    )
                )
            }
            do {
                try child.run()
            } catch {
                for other in children { kill(other.processIdentifier, SIGKILL) }
                throw error
            }
            children.append(child)
        }
        let passing = PassedSignals(to: children.map(\.processIdentifier))
        defer { passing.end() }
        let status = wait(for: ends, children)
        for printer in printers { printer.finish() }
        return status
    }

    private func wait(for ends: Ends, _ children: [Process]) -> Int32 {
        var ended: [End] = []
        var failure: End?
        var deadline: Date?
        while ended.count < children.count {
            guard let end = ends.next(until: deadline) else {
                let left = Set(places.map(\.rank)).subtracting(ended.map(\.rank)).sorted()
                Console.warn(
                    "process \(left.map { "\($0)" }.joined(separator: ", ")) did not end by itself and was ended"
                )
                for child in children where child.isRunning {
                    kill(child.processIdentifier, SIGKILL)
                }
                deadline = nil
                continue
            }
            ended.append(end)
            guard failure == nil, end.status != 0 else { continue }
            failure = end
            // A run that was stopped, or went wrong by itself, is still saved by the first process.
            if end.isAgreed { continue }
            deadline = Date(timeIntervalSinceNow: ProcessLauncher.grace)
            if children.count > ended.count { Console.warn("\(end.text); the others end, too") }
        }
        return failure?.status ?? 0
    }

    /// What a process finds in its environment.
    private func variables(of place: TrainingPlace) -> [String: String] {
        var all = ProcessInfo.processInfo.environment
        all["RANK"] = "\(place.rank)"
        all["WORLD_SIZE"] = "\(place.count)"
        all["LOCAL_RANK"] = "\(place.localRank)"
        all["LOCAL_WORLD_SIZE"] = "\(place.localCount ?? places.count)"
        all["MASTER_ADDR"] = place.host
        all["MASTER_PORT"] = "\(place.port)"
        all[ProcessLauncher.variable] = "\(ProcessInfo.processInfo.processIdentifier)"
        if threads == nil, all["OMP_NUM_THREADS"] == nil {
            let share = ProcessInfo.processInfo.activeProcessorCount / places.count
            all["OMP_NUM_THREADS"] = "\(max(share, 1))"
        }
        return all
    }

    /// The variable that has the launcher's number.
    private static let variable = "ATELIER_LAUNCHER"

    /// Has a process that a launcher started end once that is gone.
    static func watch(_ variables: [String: String], _ lost: @escaping @Sendable () -> Void) {
        guard let launcher = variables[variable].flatMap({ Int32($0) }), getppid() == launcher
        else { return }
        Thread.detachNewThread {
            while getppid() == launcher { Thread.sleep(forTimeInterval: 0.5) }
            lost()
        }
    }
}

/// How a process ended.
private struct End: Sendable {
    let rank: Int
    let status: Int32
    let signal: Int32?

    /// Whether all processes end like this together.
    var isAgreed: Bool {
        signal == nil
            && RunStatus.Reason.allCases.contains { $0 != .error && $0.exitCode == status }
    }

    var text: String {
        signal.map { "process \(rank) was ended by signal \($0)" }
            ?? "process \(rank) ended with status \(status)"
    }
}

/// The processes that ended, in order, for the thread that waits for them.
///
/// `@unchecked Sendable` because every access to the list holds the condition's lock.
private final class Ends: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [End] = []

    func add(_ end: End) {
        condition.lock()
        waiting.append(end)
        condition.signal()
        condition.unlock()
    }

    /// The next one; nil once it is too late.
    func next(until deadline: Date?) -> End? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty {
            if let deadline {
                if !condition.wait(until: deadline) { return nil }
            } else {
                condition.wait()
            }
        }
        return waiting.removeFirst()
    }
}
