import Synchronization

/// Tells all who listen what happens.
final class EventHub: Sendable {
    private struct State {
        var next = 0
        var listeners: [Int: AsyncStream<StudioEvent>.Continuation] = [:]
    }

    private let state = Mutex(State())

    /// All that happens from now on.
    ///
    /// Who falls a thousand events behind is cut off, and comes back with the last one it has seen.
    ///
    /// - Returns: The events.
    func listen() -> AsyncStream<StudioEvent> {
        AsyncStream(bufferingPolicy: .bufferingOldest(1000)) { continuation in
            let number = state.withLock { state in
                state.next += 1
                state.listeners[state.next] = continuation
                return state.next
            }
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
            }
        }
    }

    /// Tells of something.
    func tell(_ event: StudioEvent) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners {
            if case .dropped = listener.yield(event) {
                listener.finish()
            }
        }
    }

    /// How many listen.
    var count: Int { state.withLock { $0.listeners.count } }
}
