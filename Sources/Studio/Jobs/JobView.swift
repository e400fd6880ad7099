import Foundation
import GRDB

/// A job as pages and programs see it.
struct JobView: Encodable, Sendable {
    /// What went wrong.
    struct Problem: Codable, Sendable {
        var message: String
        var code: String
        var categories: [String]
    }

    var id: String
    var kind: String
    var state: JobRecord.State
    var priority: Int
    /// Its place in the queue, from 1; 0 where it does not wait.
    var position: Int
    var share: Double
    /// What was asked for: a `JobRequest`, as it is kept.
    var request: RawJSON
    var created: Double
    @Nullable var started: Double?
    @Nullable var finished: Double?
    @Nullable var error: Problem?
    var pictures: [String]
    var preview: [String: String]
    /// Seconds until it is done, as far as one can tell.
    @Nullable var eta: Double?
    var owner: String

    /// A job and its finished pictures.
    init(_ job: JobRecord, pictures: [String] = [], position: Int = 0, moment: Moment? = nil) {
        id = job.id
        kind = job.kind
        state = job.state
        priority = job.priority
        self.position = position
        share = job.state == .done ? 1 : moment?.share ?? 0
        request = RawJSON(text: job.request)
        created = job.created
        started = job.started
        finished = job.finished
        error = job.message.map {
            Problem(
                message: $0,
                code: job.code ?? "server_error",
                categories: job.categories?.split(separator: ",").map(String.init) ?? []
            )
        }
        self.pictures = pictures
        preview = job.state == .running ? moment?.previews.mapValues(\.address) ?? [:] : [:]
        eta = moment?.eta
        owner = job.owner
    }

    /// What of a running job is in memory alone.
    struct Moment: Sendable {
        /// A picture that is not finished.
        struct Preview: Sendable {
            var file: URL
            var address: String
        }

        var share = 0.0
        var previews: [String: Preview] = [:]
        var eta: Double?
    }
}

/// What events about a job carry.
struct JobNews: Encodable, Sendable {
    var job: JobView
    var picture: PictureView?
}

/// That a part of a job is done.
struct JobProgress: Encodable, Sendable {
    var id: String
    var share: Double
    var eta: Double?
}

/// That a picture can be seen before it is finished.
struct JobPreview: Encodable, Sendable {
    var id: String
    var index: Int
    var url: String
}

/// The state of the queue.
struct QueueNews: Codable, Sendable {
    var paused: Bool
    var order: [String]
}
