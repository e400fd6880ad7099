import Checks
import Foundation
import Requests
import Synchronization

/// The replies of a worker, a line of JSON each; nothing else reaches standard output any more.
final class WorkerOutput: Sendable {
    /// Replies come from the thread that draws and from the one that reads.
    private let descriptor: Mutex<Int32>

    /// Takes standard output; what others print there goes to standard error from now on.
    init() {
        descriptor = Mutex(dup(STDOUT_FILENO))
        dup2(STDERR_FILENO, STDOUT_FILENO)
    }

    /// Sends a reply at once; a worker that nobody listens to ends.
    func send(_ reply: WorkerReply) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(reply) else {
            preconditionFailure("a reply cannot be written as JSON")
        }
        descriptor.withLock { descriptor in
            var rest = line + Data("\n".utf8)
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { _exit(1) }
                rest = Data(rest.dropFirst(count))
            }
        }
    }
}
