import Foundation
import Synchronization
import Torch

/// Runs the body as so many processes would, each on a thread of its own with its place in a group.
///
/// - Returns: What each gave, in order.
/// - Throws: The first error of any.
public func asProcesses<Result: Sendable>(
    _ count: Int,
    timeout: Double = 60,
    _ body: @escaping @Sendable (ProcessGroup) throws -> Result
) throws -> [Result] {
    let port = try ProcessPlace.freePort()
    let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: count))
    let done = DispatchSemaphore(value: 0)
    for rank in 0..<count {
        let thread = Thread {
            let result = Swift.Result {
                try body(
                    ProcessGroup(
                        ProcessPlace(rank: rank, count: count, localCount: count, port: port),
                        timeout: timeout
                    )
                )
            }
            results.withLock { $0[rank] = result }
            done.signal()
        }
        thread.stackSize = 16 << 20
        thread.start()
    }
    for _ in 0..<count { done.wait() }
    return try results.withLock { all in try all.compactMap { try $0?.get() } }
}
