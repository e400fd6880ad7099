import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A piece of work that one process holds at a time, given up when this value or the process ends.
public final class FileClaim: Sendable {
    private let descriptor: Int32

    /// Claims the work that a file stands for; nothing where another process holds it.
    ///
    /// On a file system without locks every process gets it.
    ///
    /// - Throws: ``FileError`` for a file that cannot be made.
    public init?(_ file: URL) throws(FileError) {
        descriptor = Descriptor.retrying {
            open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw FileError("open", path: file.path) }
        guard Descriptor.retrying({ flock(descriptor, LOCK_EX | LOCK_NB) }) != 0 else { return }
        if errno == EWOULDBLOCK { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
