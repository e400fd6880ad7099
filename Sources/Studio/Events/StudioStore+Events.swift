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
        in db: Database
    ) throws -> StudioEvent {
        var record = EventRecord(
            id: nil,
            name: name,
            data: try StudioJSON.text(data),
            created: Date().timeIntervalSince1970
        )
        try record.insert(db)
        if let id = record.id, id % 1000 == 0 {
            try db.execute(sql: "DELETE FROM event WHERE id <= ?", arguments: [id - keptEvents])
        }
        return StudioEvent(id: record.id, name: name, data: record.data, job: job)
    }

    /// Events after one that was seen; nothing where some of them are no longer kept.
    func events(after id: Int64) async throws -> [StudioEvent]? {
        try await read { db in
            let newest = try Int64.fetchOne(
                db,
                sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'"
            )
            let oldest = try Int64.fetchOne(db, sql: "SELECT min(id) FROM event")
            guard id <= newest ?? 0, id + 1 >= oldest ?? 0 else { return nil }
            return try EventRecord.fetchAll(
                db,
                sql: "SELECT * FROM event WHERE id > ? ORDER BY id",
                arguments: [id]
            ).map { StudioEvent(id: $0.id, name: $0.name, data: $0.data) }
        }
    }

    /// The newest event's place.
    func lastEvent() async throws -> Int64 {
        try await read { db in
            try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0
        }
    }
}
