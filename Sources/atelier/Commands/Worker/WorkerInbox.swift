import Dispatch
import Foundation
import Requests
import Synchronization

/// The orders that wait for a worker, read by a thread of its own.
///
/// When standard input closes the process ends at once, also while it draws: a worker does not outlive
/// its studio.
final class WorkerInbox: Sendable {
    /// A line that came.
    enum Item: Sendable {
        /// All of it.
        case line(Data)
        /// One that was too long to be kept.
        case tooLong
    }

    /// Bytes that a line may have.
    static let lineLimit = 1 << 20
    /// Lines that may wait.
    static let limit = 256

    private let items = Mutex<[Item]>([])
    private let arrivals = DispatchSemaphore(value: 0)
    private let output: WorkerOutput

    /// An inbox that is not read into yet.
    init(_ output: WorkerOutput) { self.output = output }

    /// Begins to read.
    func open() {
        Thread.detachNewThread { [self] in
            var chunk = [UInt8](repeating: 0, count: 65_536)
            var line = Data()
            var isTooLong = false
            while true {
                let count = read(STDIN_FILENO, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                // Nothing is tidied up: the other thread may be in the middle of anything.
                guard count > 0 else { _exit(count == 0 ? 0 : 1) }
                for part in pieces(chunk[..<count]) {
                    line += part.bytes
                    if line.count > WorkerInbox.lineLimit { (isTooLong, line) = (true, Data()) }
                    guard part.endsLine else { continue }
                    take(isTooLong ? .tooLong : .line(line))
                    (isTooLong, line) = (false, Data())
                }
            }
        }
    }

    /// Waits for the next line.
    func next() -> Item {
        arrivals.wait()
        return items.withLock { $0.removeFirst() }
    }

    /// What stands between ends of lines.
    private func pieces(_ chunk: ArraySlice<UInt8>) -> [(bytes: ArraySlice<UInt8>, endsLine: Bool)]
    {
        let lines = chunk.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.enumerated().map { ($1, $0 < lines.count - 1) }
    }

    private func take(_ item: Item) {
        if case .line(let line) = item, line.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) {
            return
        }
        let isKept = items.withLock { items in
            guard items.count < WorkerInbox.limit else { return false }
            items.append(item)
            return true
        }
        if isKept {
            arrivals.signal()
            return
        }
        var id = ""
        if case .line(let line) = item { id = WorkerProblem.id(of: line) }
        let problem = WorkerProblem(
            .serverError,
            "\(WorkerInbox.limit) orders wait already; send this one again when some are done"
        )
        output.send(WorkerReply(problem, to: id))
    }
}
