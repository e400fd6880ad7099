import Foundation

/// Runs an actor on a thread of its own, so that kernels never block the cooperative pool.
///
/// One thread, not a queue over many: libtorch's modes and its team of workers belong to a thread.
public final class ThreadExecutor: SerialExecutor {
    private let inbox = Inbox()

    /// A thread of that name, waiting for work.
    public init(name: String) {
        let thread = Thread { [inbox] in
            while let job = inbox.next() {
                job.runSynchronously(on: UnownedSerialExecutor(ordinary: inbox))
            }
        }
        thread.name = name
        thread.stackSize = 16 << 20
        thread.start()
    }

    deinit { inbox.close() }

    /// Takes a piece of an actor's work.
    public func enqueue(_ job: consuming ExecutorJob) { inbox.add(UnownedJob(job)) }

    /// The executor that the jobs run on, for actors.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: inbox)
    }
}

/// The jobs that wait for the thread; it outlives the executor until the thread has ended.
///
/// `@unchecked Sendable` because every access to the jobs holds the condition's lock.
private final class Inbox: SerialExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    private var isClosed = false

    func enqueue(_ job: consuming ExecutorJob) { add(UnownedJob(job)) }

    func add(_ job: UnownedJob) {
        condition.lock()
        jobs.append(job)
        condition.signal()
        condition.unlock()
    }

    func next() -> UnownedJob? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty {
            if isClosed { return nil }
            condition.wait()
        }
        return jobs.removeFirst()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
    }
}
