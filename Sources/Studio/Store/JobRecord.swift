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
    /// What is done.
    var kind: JobKind
    /// How far it is.
    var state: State
    /// 0 waits for all others, 1 is usual, 2 goes first.
    var priority: Int
    /// Its place among jobs of one priority: small goes first.
    var position: Double
    /// What was asked for: JSON of ``JobRequest``.
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
    var asked: JobRequest {
        get {
            (try? JSONDecoder().decode(JobRequest.self, from: Data(request.utf8))) ?? JobRequest()
        }
        set {
            request = (try? StudioJSON.text(newValue)) ?? "{}"
        }
    }
}

/// What a job does.
enum JobKind: String, Codable, Sendable, CaseIterable, DatabaseValueConvertible {
    case imagine, vary, inpaint, outpaint, upscale, restore, blend, explore

    /// How many pictures it needs.
    var pictures: ClosedRange<Int> {
        switch self {
        case .imagine, .explore: 0...0
        case .blend: 2...5
        default: 1...1
        }
    }
}

extension JobRecord.State: DatabaseValueConvertible {}
