import Files
import Foundation
import GRDB

/// Everything the studio remembers: a folder with a database and files of pictures.
final class StudioStore: Sendable {
    /// The folder.
    let folder: URL
    private let pool: DatabasePool

    /// Opens a store, or makes one; an older one is brought up to date after a copy was kept.
    ///
    /// - Throws: `StudioError` for a folder that cannot be used, or a store that is damaged or newer.
    init(_ folder: URL) throws {
        self.folder = folder
        let file = folder.appending(path: "studio.sqlite")
        do {
            for name in ["pictures", "models", "staging"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name),
                    withIntermediateDirectories: true
                )
            }
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(10)
            configuration.maximumReaderCount = 4
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            pool = try DatabasePool(path: file.path, configuration: configuration)
            try StudioStore.bringUpToDate(pool, file: file)
        } catch let error as StudioError {
            throw error
        } catch {
            throw StudioError.store(path: file.path, reason: "\(error)")
        }
    }

    private static func bringUpToDate(_ pool: DatabasePool, file: URL) throws {
        let (superseded, applied, complete, state) = try pool.read { db in
            (
                try migrator.hasBeenSuperseded(db), try migrator.appliedMigrations(db),
                try migrator.hasCompletedMigrations(db),
                try String.fetchOne(db, sql: "PRAGMA quick_check") ?? "no answer"
            )
        }
        guard state == "ok" else {
            throw StudioError.store(path: file.path, reason: "it is damaged: \(state)")
        }
        guard !superseded else {
            throw StudioError.store(
                path: file.path,
                reason: "a newer Atelier wrote it; use that one, or another --data"
            )
        }
        if !applied.isEmpty, !complete {
            let copy = file.deletingLastPathComponent()
                .appending(path: "studio-before-\(applied.count + 1).sqlite")
            try? FileManager.default.removeItem(at: copy)
            try pool.backup(to: DatabaseQueue(path: copy.path))
        }
        try migrator.migrate(pool)
    }

    /// Looks something up.
    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        try await withoutActuallyEscaping(body) { body in try await pool.read { try body($0) } }
    }

    /// Changes something, wholly or not at all.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withoutActuallyEscaping(body) { body in try await pool.write { try body($0) } }
    }

    /// Where a picture's pixels are.
    func file(of picture: String) -> URL {
        folder.appending(path: "pictures/\(picture.suffix(2))/\(picture).png")
    }

    /// Where a worker puts what belongs to a job until the job is done.
    func staging(_ job: String) -> URL { folder.appending(path: "staging/\(job)") }

    /// Keeps a picture's pixels for good.
    func keep(_ data: Data, as picture: String) throws {
        let file = file(of: picture)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try AtomicFile.write(data, to: file)
    }

    /// Removes for good what was put away a month ago.
    func sweepDeleted() async throws {
        let ids = try await write { db in
            let old = Date().timeIntervalSince1970 - 30 * 86_400
            let ids = try String.fetchAll(
                db,
                sql: "SELECT id FROM picture WHERE deleted < ?",
                arguments: [old]
            )
            try db.execute(sql: "DELETE FROM picture WHERE deleted < ?", arguments: [old])
            return ids
        }
        for id in ids { try? FileManager.default.removeItem(at: file(of: id)) }
    }

    /// Ends all use of the store.
    func close() throws { try pool.close() }
}
