import Foundation
import GRDB

/// A picture as the store keeps it; its pixels are a file of the same name.
struct PictureRecord: Codable, Sendable, FetchableRecord, PersistableRecord, Identifiable {
    static let databaseTableName = "picture"

    /// Tells it from all others; grows with time.
    var id: String
    /// The job that made it; nothing for uploads.
    var job: String?
    /// How it was made: a job's kind, or `upload` or `mask`.
    var kind: String
    /// Its place in the seed's row.
    var number: Int
    /// Its size in pixels.
    var width: Int
    var height: Int
    /// Words and parameters.
    var prompt: String
    /// The key of all random numbers.
    var seed: String
    /// The model's name, and what tells its weights from others.
    var model: String
    var digest: String
    /// When it was made.
    var created: Double
    /// What a person thinks of it.
    var liked: Bool
    var rating: Int
    /// The folder it is in.
    var folder: String?
    /// Whether it is put away, until it is swept out.
    var deleted: Double?
    /// How long it took.
    var seconds: Double
    /// The drawing's own record: JSON.
    var record: String
    /// Who asked for it: a user's name, or nothing.
    var owner: String

    /// Looks for pictures that a user sees, in no order.
    ///
    /// - Parameters:
    ///   - ids: The pictures.
    ///   - owner: Whose; nothing: everybody's.
    ///   - db: The store.
    /// - Returns: Those that there are.
    /// - Throws: What the store says.
    static func found(
        _ ids: some Collection<String>,
        of owner: String?,
        in db: Database
    ) throws
        -> [PictureRecord]
    {
        try PictureRecord.filter(ids.contains(Column("id"))).fetchAll(db)
            .filter { owner == nil || $0.owner == owner }
    }
}

/// That a picture was made from another.
struct DescentRecord: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "descent"

    /// The picture that was made.
    var child: String
    /// The picture it was made from.
    var parent: String
}

/// A folder of pictures, or a kept search.
struct FolderRecord: Codable, Sendable, FetchableRecord, PersistableRecord, Identifiable {
    static let databaseTableName = "folder"

    /// Tells it from all others.
    var id: String
    /// What people call it.
    var name: String
    /// What is looked for, where it is a kept search.
    var search: String?
    /// When it was made.
    var created: Double
    /// Who made it: a user's name, or nothing.
    var owner: String

    /// A folder that a user sees.
    ///
    /// - Parameters:
    ///   - id: The folder.
    ///   - owner: Whose; nothing: everybody's.
    ///   - db: The store.
    /// - Returns: The folder.
    /// - Throws: `APIError` where there is none.
    static func found(_ id: String, of owner: String?, in db: Database) throws -> FolderRecord {
        guard let folder = try FolderRecord.fetchOne(db, key: id),
            owner == nil || folder.owner == owner
        else { throw APIError.missing("there is no such folder", parameter: "folder") }
        return folder
    }
}

/// A model that can be asked.
struct ModelRecord: Codable, Sendable, FetchableRecord, PersistableRecord, Identifiable {
    static let databaseTableName = "model"

    /// Tells it from all others.
    var id: String
    /// What people and programs call it.
    var name: String
    /// The file of its weights; nothing: it comes with Atelier.
    var file: String?
    /// What it is: JSON of `ModelSummary`.
    var summary: String
    /// Whether it draws where none is named.
    var isDefault: Bool
    /// When it was added.
    var created: Double
}

/// Something that happened, kept so that who was away hears of it.
struct EventRecord: Codable, Sendable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "event"

    /// Grows by one with each.
    var id: Int64?
    /// What happened.
    var name: String
    /// What happened, in JSON.
    var data: String
    /// When it happened, in seconds since 1970.
    var created: Double
    /// Whose affair it is; nothing: everybody's.
    var owner: String?

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
