import Foundation

/// What a run does now, or how it ended: the content of `status.json`.
public struct RunStatus: Codable, Sendable, Equatable {
    /// Whether a run goes on.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// It trains.
        case running
        /// It reached its end.
        case finished
        /// It was stopped and can go on.
        case stopped
        /// It could not go on.
        case failed
    }

    /// Whether the run goes on.
    public var state: State
    /// Why it no longer runs; `nil` while it does.
    public var reason: Reason?
    /// Steps done.
    public var step: Int
    /// Real pictures shown.
    public var images: Int
    /// Passes over the data begun.
    public var epoch: Int
    /// The status its process ended with; `nil` while it runs.
    public var exitCode: Int32?
    /// A sentence for people.
    public var message: String
    /// Number of the process.
    public var process: Int32
    /// The machine that the process is on; nothing in statuses of earlier versions.
    public var host: String?
    /// When this sitting began.
    public var started: Date
    /// When this was written.
    public var updated: Date

    enum CodingKeys: String, CodingKey {
        case state
        case reason
        case step
        case images
        case epoch
        case exitCode = "exit_code"
        case message
        case process = "pid"
        case host
        case started
        case updated
    }

    /// A run that begins, or goes on, in this process.
    public init(step: Int = 0, images: Int = 0, epoch: Int = 0, now: Date = Date()) {
        state = .running
        self.step = step
        self.images = images
        self.epoch = epoch
        message = ""
        process = getpid()
        host = RunStatus.thisHost
        started = now
        updated = now
    }

    /// The same run after it ended.
    public func ended(_ reason: Reason, message: String = "", now: Date = Date()) -> RunStatus {
        var status = self
        status.state = reason.state
        status.reason = reason
        status.exitCode = reason.exitCode
        status.message = message
        status.updated = now
        return status
    }
}
