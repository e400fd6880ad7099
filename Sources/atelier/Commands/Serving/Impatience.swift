import Dispatch
import Foundation
import Synchronization

/// Ends the process at once on a second signal, while others still tidy up after the first.
final class Impatience {
    private let sources: [any DispatchSourceSignal]

    /// Listens beside whoever answers the first signal.
    init() {
        // A queue of its own has a thread even when all others are busy.
        let queue = DispatchQueue(label: "atelier.impatience")
        let count = SignalCount()
        sources = [SIGINT, SIGTERM].map { number in
            // What ends the process by itself never reaches a source.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard count.next() > 1 else { return }
                Console.leave(number == SIGINT ? 130 : 143)
            }
            source.resume()
            return source
        }
    }

    /// Listens no longer.
    func end() { for source in sources { source.cancel() } }
}

/// How many signals came.
private final class SignalCount: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
