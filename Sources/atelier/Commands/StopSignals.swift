import Foundation
import Synchronization
import Training

/// Turns SIGINT, SIGTERM and SIGHUP into a wish to stop; the second one ends the process at once.
///
/// The second is answered within the signal's handler, however busy all other threads are, and without the
/// handlers that C++ runs at the end: they would pull the ground from under a step.
final class StopSignals {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]
    private let bell: Pipe

    /// Takes the signals over.
    ///
    /// One that the process was started to ignore, as nohup does with SIGHUP, stays ignored.
    init(_ request: StopRequest) {
        let bell = Pipe()
        self.bell = bell
        first.store(0, ordering: .sequentiallyConsistent)
        door.store(bell.fileHandleForWriting.fileDescriptor, ordering: .sequentiallyConsistent)
        Thread.detachNewThread {
            var number: UInt8 = 0
            let descriptor = bell.fileHandleForReading.fileDescriptor
            while read(descriptor, &number, 1) < 0, errno == EINTR {}
            guard number != 0 else { return }
            request.stop(Int32(number) == SIGINT ? .interrupted : .terminated)
            Console.warn("\nsaving; once more to leave at once")
        }
        for number in StopSignals.numbers {
            let before = signal(number, answer)
            if number == SIGHUP, isIgnoring(before) { signal(number, SIG_IGN) }
        }
    }

    /// Gives the signals their usual meaning back.
    func end() {
        for number in StopSignals.numbers {
            let before = signal(number, SIG_DFL)
            if number == SIGHUP, isIgnoring(before) { signal(number, SIG_IGN) }
        }
        door.store(-1, ordering: .sequentiallyConsistent)
        try? bell.fileHandleForWriting.close()
    }
}

/// The signal that came first; 0 before.
private let first = Atomic<Int32>(0)

/// Where the handler tells of it.
private let door = Atomic<Int32>(-1)

/// Answers a signal: only with what a handler may do.
private func answer(_ number: Int32) {
    let before = errno
    let isFirst = first.compareExchange(
        expected: 0,
        desired: number,
        ordering: .sequentiallyConsistent
    ).exchanged
    if !isFirst { _exit(number == SIGINT ? 130 : 143) }
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(door.load(ordering: .sequentiallyConsistent), &byte, 1)
    errno = before
}

/// Whether a handler is the one that ignores; functions cannot be compared.
private func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
