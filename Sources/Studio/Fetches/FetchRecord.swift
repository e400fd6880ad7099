import Foundation
import GRDB

/// A published model that is being fetched, or was, as the store keeps it and pages see it.
struct FetchRecord: Codable, Sendable, Equatable, FetchableRecord, PersistableRecord, Identifiable {
    static let databaseTableName = "fetch"

    /// How far it is.
    enum State: String, Codable, Sendable, DatabaseValueConvertible {
        case queued, running, done, failed, cancelled

        /// Whether nothing more happens to it.
        var isFinal: Bool { self != .queued && self != .running }
    }

    /// Tells it from all others; grows with time.
    var id: String
    /// As it was asked for: a known name, or `org/name`.
    var model: String
    /// What the model is called here.
    var name: String
    /// How far it is.
    var state: State
    /// Bytes that are there.
    var done: Int
    /// All bytes, where the server says them.
    var total: Int?
    /// What went wrong.
    var message: String?
    /// When it was asked for, in seconds since 1970.
    var created: Double
    /// When it ended.
    var finished: Double?

    /// What is to be fetched.
    init(_ model: String, name: String) {
        (id, self.model, self.name) = (Identifier.make(), model, name)
        (state, done, created) = (.queued, 0, Date().timeIntervalSince1970)
    }
}
