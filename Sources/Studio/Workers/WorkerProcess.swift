import Foundation
import Logging
import Requests
import Subprocess
import Synchronization

/// One child process that draws; started when there is something to do, and again after it died.
actor WorkerProcess {
    /// How the child is started.
    struct Launch: Sendable {
        /// The program.
        var program: String
        /// What it is told.
        var arguments: [String]
    }

    /// Bytes of an order that a worker reads.
    private static let longestLine = 1 << 20

    private let launch: Launch
    private let logger: Logger
    private var life: Life?

    /// An order that is not done.
    private struct Errand: Sendable {
        let id: String
        let line: Data
        let replies: AsyncThrowingStream<WorkerReply, any Error>.Continuation
        /// Whether a child has said anything of it.
        var isBegun = false
        /// Whether a child ended before it began with it.
        var isSecondTry = false
    }

    /// One life of the child.
    private final class Life: Sendable {
        struct State {
            var tasks: [String: Errand] = [:]
            var process: Int32?
            var end: String?
            /// Whether the studio ends it.
            var isUnwanted = false
        }

        let state = Mutex(State())
        let orders: AsyncStream<Data>
        let give: AsyncStream<Data>.Continuation

        init() { (orders, give) = AsyncStream<Data>.makeStream() }

        /// Notes why it ended, and gives what was not done.
        func finish(_ reason: String) -> [Errand] {
            give.finish()
            return state.withLock { state in
                state.end = reason
                defer { state.tasks = [:] }
                return Array(state.tasks.values)
            }
        }
    }

    /// A worker that is not started yet.
    init(_ launch: Launch, logger: Logger) {
        (self.launch, self.logger) = (launch, logger)
    }

    /// The number of the child's process; nothing while none lives.
    var process: Int32? { life?.state.withLock { $0.end == nil ? $0.process : nil } }

    /// Gives an order.
    ///
    /// - Returns: What the child replies, up to the last reply to the order; it throws where the child
    ///   ends in the middle of it. One that ends before it began with it is followed by another.
    func perform(_ order: WorkerOrder) throws -> AsyncThrowingStream<WorkerReply, any Error> {
        let (stream, continuation) = AsyncThrowingStream<WorkerReply, any Error>.makeStream()
        let line = try StudioJSON.data(order) + Data("\n".utf8)
        // The worker would not know whom to answer.
        guard line.count <= WorkerProcess.longestLine else {
            throw APIError.tooLarge("what is asked for", limit: WorkerProcess.longestLine)
        }
        give(Errand(id: order.id, line: line, replies: continuation))
        return stream
    }

    private func give(_ task: Errand) {
        let life = current()
        let end = life.state.withLock { state in
            if state.end == nil { state.tasks[task.id] = task }
            return state.end
        }
        if let end { return task.replies.finish(throwing: StudioError.worker(reason: end)) }
        life.give.yield(task.line)
    }

    /// Ends the child at once: what it was doing is lost.
    func kill() {
        guard let process else { return }
        life?.state.withLock { $0.isUnwanted = true }
        _ = Foundation.kill(process, SIGKILL)
    }

    /// Lets the child end by itself, as it does when nothing more can come.
    func stop() { life?.give.finish() }

    private func current() -> Life {
        if let life, life.state.withLock({ $0.end == nil }) { return life }
        let life = Life()
        self.life = life
        Task.detached { [launch, logger] in
            let reason = await WorkerProcess.live(life, launch, logger)
            await self.bury(life, reason)
        }
        return life
    }

    /// Gives what a dead child had not begun with to the next one, and tells of the rest.
    private func bury(_ life: Life, _ reason: String) {
        let isUnwanted = life.state.withLock(\.isUnwanted)
        for var task in life.finish(reason) {
            guard !task.isBegun, !task.isSecondTry, !isUnwanted else {
                task.replies.finish(throwing: StudioError.worker(reason: reason))
                continue
            }
            task.isSecondTry = true
            give(task)
        }
    }

    /// Runs a child to its end, and says how that was.
    private static func live(_ life: Life, _ launch: Launch, _ logger: Logger) async -> String {
        do {
            let result = try await run(
                // Whoever looks at pictures goes before whoever draws them.
                .name("nice"),
                arguments: .init(["-n", "10", launch.program] + launch.arguments),
                input: .inputWriter,
                output: .sequence,
                error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
            ) { execution in
                let process = execution.processIdentifier.value
                life.state.withLock { $0.process = process }
                logger.info("worker started", metadata: ["process": "\(process)"])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await line in life.orders {
                            _ = try await execution.standardInputWriter.write(line)
                        }
                        try await execution.standardInputWriter.finish()
                    }
                    group.addTask {
                        for try await line in execution.standardOutput.strings(
                            bufferingPolicy: .maxLineLength(4 << 20)
                        ) {
                            hear(line, life, logger)
                        }
                        life.give.finish()
                    }
                    try await group.waitForAll()
                }
            }
            let isUnwanted = life.state.withLock(\.isUnwanted)
            logger.log(
                level: isUnwanted ? .info : .warning,
                "worker ended",
                metadata: ["status": "\(result.terminationStatus)"]
            )
            return "ended (\(result.terminationStatus))"
        } catch {
            logger.error("worker failed", metadata: ["error": "\(error)"])
            return "could not be run: \(error)"
        }
    }

    private static func hear(_ line: String, _ life: Life, _ logger: Logger) {
        guard !line.isEmpty else { return }
        guard let reply = try? JSONDecoder().decode(WorkerReply.self, from: Data(line.utf8)) else {
            logger.error("worker said what nobody understands")
            return
        }
        let isLast: Bool =
            switch reply.event {
            case .done, .failed: true
            case .blocked: reply.index == nil
            case .ready, .progress, .preview, .picture, .answer: false
            }
        let replies = life.state.withLock { state in
            state.tasks[reply.id]?.isBegun = true
            let task = state.tasks[reply.id]
            if isLast { state.tasks[reply.id] = nil }
            return task?.replies
        }
        replies?.yield(reply)
        if isLast { replies?.finish() }
    }
}
