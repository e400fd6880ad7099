import Foundation
import GRDB

/// Something that a person or program asked for, as the store keeps it.
struct JobRecord: Codable, Sendable, FetchableRecord, PersistableRecord, Identifiable {
    static let databaseTableName = "job"

    /// How far a job is.
    enum State: String, Codable, Sendable, CaseIterable {
        case queued, running, done, failed, cancelled, blocked

        /// Whether nothing more happens to it.
        var isFinal: Bool { self != .queued && self != .running }
    }

    /// Tells it from all others; grows with time.
    var id: String
    /// What is done: a task's name.
    var kind: String
    /// How far it is.
    var state: State
    /// 0 waits for all others, 1 is usual, 2 goes first.
    var priority: Int
    /// Its place among jobs of one priority: small goes first.
    var position: Double
    /// What was asked for: JSON of `JobRequest`.
    var request: String
    /// When it was asked for, began and ended, in seconds since 1970.
    var created: Double
    var started: Double?
    var finished: Double?
    /// What went wrong, for people and for programs.
    var message: String?
    var code: String?
    /// What the rules found, separated by commas.
    var categories: String?
    /// How many times it was begun.
    var attempts: Int
    /// Who asked: a user's name, or nothing.
    var owner: String
    /// What the asker calls the request, so that asking twice makes one job.
    var key: String?
    /// What tells the request from others of the same key.
    var body: String?

    /// What was asked for.
    ///
    /// - Throws: Why it cannot be read: an earlier version may have taken in what no task can do.
    func asked() throws -> JobRequest {
        try JSONDecoder().decode(JobRequest.self, from: Data(request.utf8))
    }
}

extension JobRecord.State: DatabaseValueConvertible {}
