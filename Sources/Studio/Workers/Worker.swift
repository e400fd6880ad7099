import Foundation
import Logging
import Runs
import Subprocess
import Synchronization

/// One child process that draws; started when there is something to do, and again after it died.
actor Worker {
    /// How the child is started.
    struct Launch: Sendable {
        /// The program.
        var program: String
        /// What it is told.
        var arguments: [String]
    }

    private let launch: Launch
    private let logger: Logger
    private var life: Life?

    /// One life of the child.
    private final class Life: Sendable {
        struct State {
            var replies: [String: AsyncThrowingStream<WorkerReply, any Error>.Continuation] = [:]
            var process: Int32?
            var end: String?
        }

        let state = Mutex(State())
        let orders: AsyncStream<Data>
        let give: AsyncStream<Data>.Continuation

        init() { (orders, give) = AsyncStream<Data>.makeStream() }

        func finish(_ reason: String) {
            let waiting = state.withLock { state in
                state.end = reason
                defer { state.replies = [:] }
                return Array(state.replies.values)
            }
            give.finish()
            for continuation in waiting {
                continuation.finish(throwing: StudioError.worker(reason: reason))
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
    ///   ends before.
    func perform(_ order: WorkerOrder) throws -> AsyncThrowingStream<WorkerReply, any Error> {
        let life = current()
        let line = try StudioJSON.data(order) + Data("\n".utf8)
        let (stream, continuation) = AsyncThrowingStream<WorkerReply, any Error>.makeStream()
        let end = life.state.withLock { state in
            if state.end == nil { state.replies[order.id] = continuation }
            return state.end
        }
        if let end { throw StudioError.worker(reason: end) }
        life.give.yield(line)
        return stream
    }

    /// Ends the child at once: what it was doing is lost.
    func kill() {
        guard let process else { return }
        _ = Foundation.kill(process, SIGKILL)
    }

    /// Lets the child end by itself, as it does when nothing more can come.
    func stop() { life?.give.finish() }

    private func current() -> Life {
        if let life, life.state.withLock({ $0.end == nil }) { return life }
        let life = Life()
        self.life = life
        let (launch, logger) = (launch, logger)
        Task.detached { await Worker.live(life, launch, logger) }
        return life
    }

    private static func live(_ life: Life, _ launch: Launch, _ logger: Logger) async {
        do {
            let result = try await run(
                .path(.init(launch.program)),
                arguments: .init(launch.arguments),
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
            life.finish("ended (\(result.terminationStatus))")
            logger.warning("worker ended", metadata: ["status": "\(result.terminationStatus)"])
        } catch {
            life.finish("could not be run: \(error)")
            logger.error("worker failed", metadata: ["error": "\(error)"])
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
        let continuation = life.state.withLock { state in
            isLast ? state.replies.removeValue(forKey: reply.id) : state.replies[reply.id]
        }
        continuation?.yield(reply)
        if isLast { continuation?.finish() }
    }
}
