import Synchronization

/// A wish from outside to end a run after its current step; the first one counts.
public final class StopRequest: Sendable {
    /// Who wants the run to end.
    public enum Cause: String, Sendable, Codable {
        /// A person at the keyboard (SIGINT).
        case interrupted
        /// The system (SIGTERM).
        case terminated
    }

    private let request = Mutex<Cause?>(nil)

    /// No wish yet.
    public init() {}

    /// Why the run is to end, or nothing while it may go on.
    public var cause: Cause? { request.withLock { $0 } }

    /// Asks the run to end.
    public func stop(_ cause: Cause) { request.withLock { $0 = $0 ?? cause } }
}
