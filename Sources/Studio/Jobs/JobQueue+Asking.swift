import Foundation
import GRDB

extension JobQueue {
    /// Takes jobs in.
    ///
    /// - Parameters:
    ///   - requests: What is to be done.
    ///   - priority: 0 waits for all others, 1 is usual, 2 goes first.
    ///   - owner: Who asks.
    ///   - key: What the asker calls the request; the same again gives the same jobs.
    /// - Returns: The jobs.
    /// - Throws: `APIError` where too many wait.
    func add(
        _ requests: [JobRequest],
        priority: Int,
        owner: String,
        key: RequestKey?
    ) async throws -> [JobRecord] {
        let capacity = capacity
        let (jobs, events) = try await store.write { db -> ([JobRecord], [StudioEvent]) in
            if let key {
                let known = try JobRecord.fetchAll(
                    db,
                    sql: "SELECT * FROM job WHERE owner = ? AND key = ? ORDER BY created, id",
                    arguments: [owner, key.name]
                )
                if let first = known.first {
                    guard first.body == key.body else { throw APIError.otherBody(key.name) }
                    return (known, [])
                }
            }
            let waiting =
                try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM job WHERE state = 'queued' AND owner = ?",
                    arguments: [owner]
                ) ?? 0
            guard waiting + requests.count <= capacity else {
                throw APIError.queueFull(waiting: waiting, capacity: capacity)
            }
            var position =
                try Double.fetchOne(db, sql: "SELECT max(position) FROM job WHERE state = 'queued'")
                ?? 0
            var jobs: [JobRecord] = []
            var events: [StudioEvent] = []
            for request in requests {
                position += 1
                let job = JobRecord(
                    id: Identifier.make(),
                    kind: request.pictures.task.name.rawValue,
                    state: .queued,
                    priority: priority,
                    position: position,
                    request: try StudioJSON.text(request),
                    created: Date().timeIntervalSince1970,
                    attempts: 0,
                    owner: owner,
                    key: key?.name,
                    body: key?.body
                )
                try job.insert(db)
                jobs.append(job)
                events.append(try StudioStore.note("job.queued", of: job, in: db))
            }
            return (jobs, events)
        }
        for event in events { hub.tell(event) }
        await tellOrder()
        ring()
        return jobs
    }

    /// Ends a job that is not finished; one that is stays as it is.
    func cancel(_ id: String) async throws -> JobRecord {
        let found = try await store.write { db -> (JobRecord, StudioEvent?) in
            guard var job = try JobRecord.fetchOne(db, key: id) else { throw APIError.noJob }
            guard !job.state.isFinal else { return (job, nil) }
            job.state = .cancelled
            job.finished = Date().timeIntervalSince1970
            try job.update(db)
            return (job, try StudioStore.note("job.cancelled", of: job, in: db))
        }
        if let event = found.1 {
            if running == id { await worker.kill() }
            hub.tell(event)
            counters.count(job: "cancelled")
            await tellOrder()
        }
        return found.0
    }

    /// Ends all jobs that are not finished.
    func cancelAll(of owner: String?) async throws -> Int {
        let ids = try await store.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT id FROM job WHERE state IN ('queued', 'running')
                    AND (?1 IS NULL OR owner = ?1) ORDER BY state
                    """,
                arguments: [owner]
            )
        }
        for id in ids { _ = try await cancel(id) }
        return ids.count
    }

    /// Does an ended job again.
    func retry(_ id: String) async throws -> JobRecord {
        let (job, event) = try await store.write { db -> (JobRecord, StudioEvent) in
            guard var job = try JobRecord.fetchOne(db, key: id) else { throw APIError.noJob }
            guard job.state == .failed || job.state == .cancelled else {
                throw APIError.invalid(
                    "job \(id) is \(job.state.rawValue), expected one that failed or was cancelled",
                    parameter: "id"
                )
            }
            job.state = .queued
            (job.started, job.finished, job.message, job.code) = (nil, nil, nil, nil)
            job.attempts = 0
            job.position =
                (try Double.fetchOne(
                    db,
                    sql: "SELECT max(position) FROM job WHERE state = 'queued'"
                ) ?? 0) + 1
            try job.update(db)
            return (job, try StudioStore.note("job.queued", of: job, in: db))
        }
        hub.tell(event)
        await tellOrder()
        ring()
        return job
    }

    /// Brings waiting jobs into an order; those not named come after.
    func reorder(_ ids: [String], owner: String?) async throws -> QueueNews {
        try await store.write { db in
            let waiting = try JobRecord.fetchAll(
                db,
                sql: "SELECT * FROM job WHERE state = 'queued' ORDER BY priority DESC, position, id"
            )
            let known = Set(waiting.map(\.id))
            let wanted = ids.filter(known.contains)
            let order = wanted + waiting.map(\.id).filter { !Set(wanted).contains($0) }
            let jobs = Dictionary(uniqueKeysWithValues: waiting.map { ($0.id, $0) })
            for (place, id) in order.enumerated() {
                guard var job = jobs[id], owner == nil || job.owner == owner else { continue }
                job.position = Double(place + 1)
                // A person's order counts more than what was said when asking.
                if wanted.contains(id) { job.priority = jobs[order[0]]?.priority ?? job.priority }
                try job.update(db)
            }
        }
        await tellOrder()
        return try await order()
    }

    /// Begins nothing more, or goes on.
    func pause(_ paused: Bool) async throws -> QueueNews {
        try await store.write { try Setting.pause(paused, $0) }
        await tellOrder()
        ring()
        return try await order()
    }

    /// Jobs as they are seen, with what is in memory.
    func views(_ jobs: [JobRecord]) async throws -> [JobView] {
        guard !jobs.isEmpty else { return [] }
        let order = try await order().order
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
        let pictures = try await store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT job, id FROM picture WHERE job IN (\(databaseQuestionMarks(count: jobs.count)))
                    ORDER BY job, number
                    """,
                arguments: StatementArguments(jobs.map(\.id))
            ).reduce(into: [String: [String]]()) { found, row in
                found[row["job"], default: []].append(row["id"])
            }
        }
        return jobs.map { job in
            var moment = moments[job.id]
            if job.state == .queued, let place = places[job.id] {
                let count = (try? job.asked().pictures.count) ?? 1
                moment = JobView.Moment(eta: pace * Double(place * count))
            }
            return JobView(
                job,
                pictures: pictures[job.id] ?? [],
                position: places[job.id] ?? 0,
                moment: moment
            )
        }
    }

    /// The file of a picture that is not finished.
    func preview(_ job: String, _ index: String) -> URL? { moments[job]?.previews[index]?.file }
}
