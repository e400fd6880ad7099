import Foundation
import Synchronization

/// Passes SIGINT, SIGTERM and SIGHUP on to other processes.
final class PassedSignals {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]
    private let bell = Pipe()

    /// Takes the signals over; one that this process ignores stays ignored.
    init(to processes: [pid_t]) {
        let bell = bell
        door.store(bell.fileHandleForWriting.fileDescriptor, ordering: .sequentiallyConsistent)
        Thread.detachNewThread {
            let descriptor = bell.fileHandleForReading.fileDescriptor
            var number: UInt8 = 0
            while true {
                let count = read(descriptor, &number, 1)
                if count < 0, errno == EINTR { continue }
                guard count == 1, number != 0 else { return }
                for process in processes { kill(process, Int32(number)) }
            }
        }
        for number in PassedSignals.numbers {
            let before = signal(number, pass)
            if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
                signal(number, SIG_IGN)
            }
        }
    }

    /// Gives the signals their usual meaning back.
    func end() {
        for number in PassedSignals.numbers { signal(number, SIG_DFL) }
        var none: UInt8 = 0
        _ = write(door.exchange(-1, ordering: .sequentiallyConsistent), &none, 1)
    }
}

/// Where the handler tells of a signal.
private let door = Atomic<Int32>(-1)

/// Answers a signal: only with what a handler may do.
private func pass(_ number: Int32) {
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(door.load(ordering: .sequentiallyConsistent), &byte, 1)
    errno = before
}
