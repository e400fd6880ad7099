import Foundation
import GRDB
import Logging
import Runs

/// The row of jobs: takes them in, gives them to the worker one by one, and keeps what comes of them.
///
/// What it knows is in the store; killed at any moment, it goes on from there.
actor JobQueue {
    let store: StudioStore
    let hub: EventHub
    let models: ModelShelf
    let logger: Logger
    let counters: Counters
    let worker: WorkerProcess
    /// What stands before addresses.
    let base: BasePath
    /// Jobs that may wait for one asker.
    let capacity: Int
    var moments: [String: JobView.Moment] = [:]
    var running: String?
    /// When each asker's last job began.
    var served: [String: Double] = [:]
    /// Seconds that a picture takes, as last seen.
    var pace = 0.5
    private let bell = Bell()

    /// A queue over a store.
    init(
        _ store: StudioStore,
        hub: EventHub,
        models: ModelShelf,
        worker: WorkerProcess,
        counters: Counters,
        base: BasePath,
        capacity: Int,
        logger: Logger
    ) {
        (self.store, self.hub, self.models) = (store, hub, models)
        (self.worker, self.capacity, self.logger) = (worker, capacity, logger)
        (self.counters, self.base) = (counters, base)
    }

    /// Does what waits, until the task is cancelled.
    func run() async throws {
        try await recover()
        while !Task.isCancelled {
            do {
                guard let job = try await take() else {
                    await bell.wait()
                    continue
                }
                await perform(job)
            } catch is CancellationError {
                return
            } catch {
                logger.error("queue", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Wakes the row when something may be done.
    func ring() { bell.ring() }

    /// Puts right what the last life of the studio left unfinished.
    func recover() async throws {
        let events = try await store.write { db -> [StudioEvent] in
            let left = try JobRecord.fetchAll(
                db,
                sql: "SELECT * FROM job WHERE state = 'running' ORDER BY id"
            )
            return try left.map { job in
                var job = job
                guard job.attempts >= 3 else {
                    job.state = .queued
                    job.started = nil
                    try job.update(db)
                    return try StudioStore.note("job.queued", of: job, in: db)
                }
                job.state = .failed
                job.finished = Date().timeIntervalSince1970
                job.message = "the studio was ended three times while it ran; try fewer pictures"
                job.code = "server_error"
                try job.update(db)
                return try StudioStore.note("job.failed", of: job, in: db)
            }
        }
        for event in events { hub.tell(event) }
        try await sweep()
    }

    /// Moves files of finished jobs to their places and removes those of others.
    private func sweep() async throws {
        let folder = store.folder.appending(path: "staging")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where Identifier.isValid(name) {
            let pictures = try await store.read { db in
                try PictureRecord.fetchAll(
                    db,
                    sql: "SELECT * FROM picture WHERE job = ?",
                    arguments: [name]
                )
            }
            try settle(pictures, of: name)
        }
    }

    /// Brings pictures from where the worker wrote them to where they stay.
    func settle(_ pictures: [PictureRecord], of job: String) throws {
        let staging = store.staging(job)
        for picture in pictures {
            let source = staging.appending(path: "\(picture.number).png")
            guard FileManager.default.fileExists(atPath: source.path) else { continue }
            try store.keep(Data(contentsOf: source), as: picture.id)
        }
        try? FileManager.default.removeItem(at: staging)
    }

    /// The job that is next: of the highest priority, of who was served longest ago, the first.
    private func take() async throws -> JobRecord? {
        let served = served
        let found = try await store.write { db -> (JobRecord, StudioEvent)? in
            guard try Setting.isPaused(db) == false else { return nil }
            let heads = try JobRecord.fetchAll(
                db,
                sql: """
                    SELECT * FROM job WHERE id IN (
                        SELECT id FROM (
                            SELECT id, row_number() OVER (
                                PARTITION BY owner ORDER BY priority DESC, position, id
                            ) AS place FROM job WHERE state = 'queued'
                        ) WHERE place = 1
                    )
                    """
            )
            let next = heads.min { left, right in
                (-left.priority, served[left.owner] ?? 0, left.position, left.id)
                    < (-right.priority, served[right.owner] ?? 0, right.position, right.id)
            }
            guard var job = next else { return nil }
            job.state = .running
            job.started = Date().timeIntervalSince1970
            job.attempts += 1
            try job.update(db)
            return (job, try StudioStore.note("job.started", of: job, in: db))
        }
        guard let (job, event) = found else { return nil }
        self.served[job.owner] = Date().timeIntervalSince1970
        running = job.id
        moments[job.id] = JobView.Moment()
        hub.tell(event)
        await tellOrder()
        return job
    }

    /// Tells who waits in which order.
    func tellOrder() async {
        guard let news = try? await order() else { return }
        guard let text = try? StudioJSON.text(news) else { return }
        hub.tell(StudioEvent(name: "queue.changed", data: text))
    }

    /// Who waits, in order.
    func order() async throws -> QueueNews {
        try await store.read { db in
            QueueNews(
                paused: try Setting.isPaused(db),
                order: try String.fetchAll(
                    db,
                    sql:
                        "SELECT id FROM job WHERE state = 'queued' ORDER BY priority DESC, position, id"
                )
            )
        }
    }
}

/// Something to wait for that rings at most once for each wait.
final class Bell: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// A bell that is silent.
    init() {
        (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Wakes who waits for the bell.
    func ring() { continuation.yield() }

    /// Waits until it rings, or has rung since the last wait.
    func wait() async {
        var iterator = stream.makeAsyncIterator()
        _ = await iterator.next()
    }
}

/// A value that the store keeps under a name.
enum Setting {
    /// Whether nothing is begun for the moment.
    static func isPaused(_ db: Database) throws -> Bool {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'paused'") == "1"
    }

    /// Begins nothing more, or goes on.
    static func pause(_ paused: Bool, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('paused', ?)",
            arguments: [paused ? "1" : "0"]
        )
    }
}
