import Synchronization

/// Tells a person each thing once: what is left out of a set is the same for both of its parts.
public final class OnceTold: Sendable {
    private let told = Mutex<Set<String>>([])
    private let next: @Sendable (String) -> Void

    /// Passes on what was not told before.
    public init(_ next: @escaping @Sendable (String) -> Void) {
        self.next = next
    }

    /// Tells a thing.
    @Sendable public func tell(_ text: String) {
        if told.withLock({ $0.insert(text).inserted }) { next(text) }
    }
}
