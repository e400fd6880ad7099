import Synchronization

/// What a program said before it ended, once it has.
final class EndingNote: Sendable {
    private let state = Mutex<String?>(nil)

    /// Nothing while the program lives.
    var text: String? { state.withLock { $0 } }

    /// Notes it.
    func set(_ text: String) { state.withLock { $0 = text } }
}
