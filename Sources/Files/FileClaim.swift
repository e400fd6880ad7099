import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A piece of work that one process holds at a time, given up when this value or the process ends.
///
/// It only saves work: on a file system without locks every process gets it, and files are written
/// whole or not at all, so that the last one wins.
public final class FileClaim: Sendable {
    private let descriptor: Int32

    /// Claims the work that a file stands for; nothing where another process holds it.
    ///
    /// - Throws: ``FileError`` for a file that cannot be made.
    public init?(_ file: URL) throws(FileError) {
        descriptor = FileClaim.opened(file)
        guard descriptor >= 0 else { throw FileError("open", path: file.path) }
        if FileClaim.isHeldElsewhere(descriptor) { return nil }
    }

    /// Waits for the work; a file that cannot be made is no reason to wait.
    ///
    /// - Parameters:
    ///   - file: Stands for the work; its folder is made.
    ///   - notice: Called once when another process holds it.
    public init(waitingFor file: URL, notice: () -> Void) {
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        descriptor = FileClaim.opened(file)
        guard descriptor >= 0, FileClaim.isHeldElsewhere(descriptor) else { return }
        notice()
        _ = Descriptor.retrying { flock(descriptor, LOCK_EX) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private static func opened(_ file: URL) -> Int32 {
        Descriptor.retrying { open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    }

    private static func isHeldElsewhere(_ descriptor: Int32) -> Bool {
        Descriptor.retrying { flock(descriptor, LOCK_EX | LOCK_NB) } != 0 && errno == EWOULDBLOCK
    }
}
