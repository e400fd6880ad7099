import Foundation
import GRDB

extension StudioStore {
    /// How many events are kept for who was away.
    static let keptEvents: Int64 = 50_000

    /// Notes an event together with what caused it.
    static func note(
        _ name: String,
        _ data: some Encodable,
        job: String? = nil,
        owner: String? = nil,
        in db: Database
    ) throws -> StudioEvent {
        var record = EventRecord(
            id: nil,
            name: name,
            data: try StudioJSON.text(data),
            created: Date().timeIntervalSince1970,
            owner: owner
        )
        try record.insert(db)
        if let id = record.id, id % 1000 == 0 {
            try db.execute(sql: "DELETE FROM event WHERE id <= ?", arguments: [id - keptEvents])
        }
        return StudioEvent(id: record.id, name: name, data: record.data, job: job, owner: owner)
    }

    /// Notes what happened to a job, and the picture that came of it.
    static func note(
        _ name: String,
        of job: JobRecord,
        pictures: [String] = [],
        picture: PictureView? = nil,
        in db: Database
    ) throws -> StudioEvent {
        let news = JobNews(job: JobView(job, pictures: pictures), picture: picture)
        return try note(name, news, job: job.id, owner: job.owner, in: db)
    }

    /// Events after one that was seen; nothing where some of them are no longer kept.
    func events(after id: Int64) async throws -> [StudioEvent]? {
        try await read { db in
            let newest = try Int64.fetchOne(
                db,
                sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'"
            )
            let oldest = try Int64.fetchOne(db, sql: "SELECT min(id) FROM event")
            guard let newest, id <= newest, id + 1 >= oldest ?? newest + 1 else {
                return id == newest ?? 0 ? [] : nil
            }
            return try EventRecord.fetchAll(
                db,
                sql: "SELECT * FROM event WHERE id > ? ORDER BY id",
                arguments: [id]
            ).map { StudioEvent(id: $0.id, name: $0.name, data: $0.data, owner: $0.owner) }
        }
    }

    /// The newest event's place.
    func lastEvent() async throws -> Int64 {
        try await read { db in
            try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0
        }
    }
}
