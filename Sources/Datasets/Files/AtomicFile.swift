import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that appears under its name only when it is whole.
///
/// Written under a temporary name in the same folder, synced, renamed. Without `commit` nothing is
/// left behind; what a killed process leaves is a hidden file that ends in `.tmp`.
final class AtomicFile {
    private let target: URL
    private let temporary: URL
    private var descriptor: Int32
    private(set) var count = 0

    init(_ target: URL) throws {
        self.target = target
        let folder = target.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(
                .unwritable,
                at: folder.path,
                "the folder cannot be made: \(error.localizedDescription)",
                cure: Self.cure
            )
        }
        let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        temporary = folder.appending(path: ".\(target.lastPathComponent).\(number).tmp")
        descriptor = open(temporary.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(at: temporary, "cannot be made") }
    }

    deinit { discard() }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try write(bytes, at: count)
        count += bytes.count
    }

    /// Appends zeros up to a multiple of a number.
    func pad(to alignment: Int) throws {
        let missing = (alignment - count % alignment) % alignment
        try [UInt8](repeating: 0, count: missing).withUnsafeBytes { try write($0) }
    }

    /// Overwrites bytes that were written before, or leaves a gap of zeros.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            let written = pwrite(
                descriptor,
                bytes.baseAddress?.advanced(by: done),
                bytes.count - done,
                off_t(offset + done)
            )
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(at: temporary, "cannot be written") }
            done += written
        }
    }

    /// Leaves a gap of zeros up to an offset.
    func skip(to offset: Int) { count = max(count, offset) }

    /// Makes the file appear under its name.
    func commit() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure(at: temporary, "cannot be synced") }
        guard rename(temporary.path, target.path) == 0 else {
            throw Self.failure(at: target, "cannot be renamed")
        }
        close(descriptor)
        descriptor = -1
        let folder = open(target.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    private func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary.path)
        descriptor = -1
    }

    private static let cure = "free some space, or set ATELIER_CACHE to a folder you may write in"

    private static func failure(at url: URL, _ what: String) -> DatasetError {
        DatasetError(
            .unwritable,
            at: url.path,
            "\(what): \(String(cString: strerror(errno)))",
            cure: cure
        )
    }
}
