import Foundation
import Requests

/// `atelier worker` as a process of its own, with orders and replies.
public final class RunningWorker {
    private let command: RunningCommand
    private let input = Pipe()
    private var read = 0

    /// Starts a worker with these arguments in a folder.
    public init(_ arguments: [String] = [], in directory: URL) throws {
        // A worker that has ended says so by its replies, not by a signal to the tests.
        signal(SIGPIPE, SIG_IGN)
        command = try RunningCommand(["worker"] + arguments, in: directory, input: input)
    }

    /// Sends a line.
    public func send(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Sends an order.
    public func send(_ order: WorkerOrder) throws {
        try send(String(decoding: JSONEncoder().encode(order), as: UTF8.self))
    }

    /// The replies until one that ends an order, or says that the worker is ready.
    public func replies() throws -> [WorkerReply] {
        var replies: [WorkerReply] = []
        let end = Date.now.addingTimeInterval(240)
        while Date.now < end {
            let lines = command.output.split(separator: "\n", omittingEmptySubsequences: false)
            // What stands behind the last end of a line is not finished.
            while read < lines.count - 1 {
                let line = Data(lines[read].utf8)
                let reply = try JSONDecoder().decode(WorkerReply.self, from: line)
                read += 1
                replies.append(reply)
                if reply.isLast { return replies }
            }
            guard command.isRunning else {
                throw FixtureError(description: "the worker ended: \(command.wait().errors)")
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw FixtureError(description: "the worker is silent; it said \(replies)")
    }

    /// Sends an order and waits for all replies to it.
    public func replies(to order: WorkerOrder) throws -> [WorkerReply] {
        try send(order)
        return try replies()
    }

    /// Closes the worker's standard input and waits for its end.
    public func close() throws -> RunningCommand.Ending {
        try input.fileHandleForWriting.close()
        return command.wait()
    }
}

extension WorkerReply {
    /// Whether nothing follows that belongs to the same order.
    fileprivate var isLast: Bool {
        switch event {
        case .ready, .done, .failed: true
        case .blocked: index == nil
        default: false
        }
    }
}
