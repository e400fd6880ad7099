import Checks
import Dispatch
import Foundation
import Synchronization

/// Makes batches ahead of the trainer on a thread of its own.
///
/// `next()` gives exactly the batches that the loader gives one after the other, so that nothing
/// depends on how far ahead the thread was. What is made ahead and not taken is no state: a
/// checkpoint keeps the `end` of the last batch taken.
public final class Prefetcher: Sendable {
    private let shared: Shared

    /// Starts to make batches.
    ///
    /// - Parameters:
    ///   - loader: What makes a batch.
    ///   - position: Where the first batch starts.
    ///   - depth: How many batches are kept ready.
    public init(loader: BatchLoader, from position: DataPosition = DataPosition(), depth: Int = 3) {
        precondition(depth > 0, "a depth of \(depth) batches")
        let shared = Shared(depth: depth)
        self.shared = shared
        let thread = Thread { Self.fill(shared, loader: loader, from: position) }
        thread.name = "atelier data"
        thread.stackSize = 4 << 20
        thread.start()
    }

    deinit { shared.stop() }

    /// The next batch, waiting for it where it is not ready.
    ///
    /// Batches go on epoch after epoch.
    public func next() -> Batch {
        shared.take()
    }

    private static func fill(_ shared: Shared, loader: BatchLoader, from position: DataPosition) {
        var start = loader.order.normalized(position)
        var order = loader.order.order(epoch: start.epoch)
        while shared.waitForRoom() {
            let batch = loader.batch(at: start, of: order)
            if batch.end.epoch != start.epoch {
                order = loader.order.order(epoch: batch.end.epoch)
            }
            start = batch.end
            shared.put(batch)
        }
    }

    /// What both threads see.
    private final class Shared: Sendable {
        private struct State {
            var ready: [Batch] = []
            var isStopped = false
        }

        private let state = Mutex(State())
        // Made with 0 and raised: a semaphore must not be freed below the number it was made with.
        private let room = DispatchSemaphore(value: 0)
        private let filled = DispatchSemaphore(value: 0)

        init(depth: Int) {
            for _ in 0..<depth { room.signal() }
        }

        /// False when nobody takes batches any more.
        func waitForRoom() -> Bool {
            room.wait()
            return state.withLock { !$0.isStopped }
        }

        func put(_ batch: Batch) {
            state.withLock { $0.ready.append(batch) }
            filled.signal()
        }

        func take() -> Batch {
            filled.wait()
            let batch = state.withLock { $0.ready.removeFirst() }
            room.signal()
            return batch
        }

        func stop() {
            state.withLock { $0.isStopped = true }
            room.signal()
        }
    }
}
