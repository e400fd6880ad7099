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
    /// - Throws: `FileError` for a file that cannot be made.
    public init?(_ file: URL) throws(FileError) {
        descriptor = FileClaim.opened(file)
        guard descriptor >= 0 else { throw FileError("open", path: file.path) }
        if FileClaim.isHeldElsewhere(descriptor) { return nil }
        sign()
    }

    /// Claims the work that a file stands for, or says which process has it.
    ///
    /// - Parameters:
    ///   - file: Stands for the work.
    ///   - action: What is to be done, such as `train in`, for the error.
    ///   - place: What it is done to, for the error.
    /// - Throws: `FileError` where another process holds it, or the file cannot be made.
    public init(of file: URL, to action: String, _ place: URL) throws(FileError) {
        descriptor = FileClaim.opened(file)
        guard descriptor >= 0 else { throw FileError("open", path: file.path) }
        guard !FileClaim.isHeldElsewhere(descriptor) else {
            throw FileError(
                action,
                path: place.path,
                reason: "\(FileClaim.holder(of: file)) does so already; wait for it, or stop it"
            )
        }
        sign()
    }

    /// The process that holds the work, in words.
    public static func holder(of file: URL) -> String {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let number = text.split(separator: "\n").first.flatMap { Int32($0) }
        return number.map { "process \($0)" } ?? "another process"
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
        guard descriptor >= 0 else { return }
        if FileClaim.isHeldElsewhere(descriptor) {
            notice()
            _ = Descriptor.retrying { flock(descriptor, LOCK_EX) }
        }
        sign()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes this process's number into the file; that only helps people.
    private func sign() {
        let text = Data("\(getpid())\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func opened(_ file: URL) -> Int32 {
        Descriptor.retrying { open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    }

    private static func isHeldElsewhere(_ descriptor: Int32) -> Bool {
        Descriptor.retrying { flock(descriptor, LOCK_EX | LOCK_NB) } != 0 && errno == EWOULDBLOCK
    }
}
