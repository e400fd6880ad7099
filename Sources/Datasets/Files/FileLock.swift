import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A lock among processes, held while this value lives; given up when a process dies.
///
/// It only saves work: files are written atomically, so on a file system without locks two
/// processes make the same file twice and the second one wins.
final class FileLock {
    private let descriptor: Int32

    /// Waits for the lock; `waiting` is called once when another process holds it.
    init(_ file: URL, waiting: () -> Void) {
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        guard errno == EWOULDBLOCK else { return }
        waiting()
        while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
