import Synchronization

/// Tells all who listen what happens.
final class EventHub: Sendable {
    private struct Listener {
        let job: String?
        let continuation: AsyncStream<StudioEvent>.Continuation
    }

    private struct State {
        var next = 0
        var listeners: [Int: Listener] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// All that happens from now on.
    ///
    /// Who falls a thousand events behind is cut off, and comes back with the last one it has seen.
    ///
    /// - Parameter job: Only what concerns this job; nothing: all.
    /// - Returns: The events.
    func listen(job: String? = nil) -> AsyncStream<StudioEvent> {
        AsyncStream(bufferingPolicy: .bufferingOldest(1000)) { continuation in
            let number: Int? = state.withLock { state in
                guard !state.isClosed else { return nil }
                state.next += 1
                state.listeners[state.next] = Listener(job: job, continuation: continuation)
                return state.next
            }
            guard let number else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
            }
        }
    }

    /// Tells of something.
    func tell(_ event: StudioEvent) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners where listener.job == nil || listener.job == event.job {
            if case .dropped = listener.continuation.yield(event) {
                listener.continuation.finish()
            }
        }
    }

    /// Ends all listening.
    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.continuation.finish() }
    }

    /// How many listen.
    var count: Int { state.withLock { $0.listeners.count } }
}
