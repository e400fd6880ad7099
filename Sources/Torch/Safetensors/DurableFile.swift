import Foundation

/// A file that appears whole or not at all: written beside its place, synced, then renamed.
struct DurableFile: ~Copyable {
    private let descriptor: Int32
    private let temporary: String
    private let path: String

    /// Writes a file with what the body writes.
    ///
    /// - Throws: `TorchError.file` with the system's reason; the file is then as it was before.
    static func write(
        to url: URL,
        _ body: (borrowing DurableFile) throws(TorchError) -> Void
    ) throws(TorchError) {
        let file = try DurableFile(url)
        do throws(TorchError) {
            try body(file)
            try file.sync()
        } catch {
            close(file.descriptor)
            unlink(file.temporary)
            throw error
        }
        close(file.descriptor)
        guard rename(file.temporary, file.path) == 0 else {
            let reason = failure()
            unlink(file.temporary)
            throw .file(path: file.path, problem: "cannot rename to this name: \(reason)")
        }
        try file.syncFolder()
    }

    private init(_ url: URL) throws(TorchError) {
        path = url.path
        let folder = url.deletingLastPathComponent().path
        let mark = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        temporary = "\(folder)/.\(url.lastPathComponent).\(mark).tmp"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .file(path: path, problem: "cannot write in \(folder): \(failure())")
        }
    }

    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) throws(TorchError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(
                    descriptor,
                    UnsafeRawBufferPointer(rebasing: $0[done...]).baseAddress,
                    min(bytes.count - done, 1 << 30)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw .file(path: path, problem: "cannot write: \(failure())")
            }
            done += count
        }
    }

    private func sync() throws(TorchError) {
        guard fsync(descriptor) == 0 else {
            throw .file(path: path, problem: "cannot sync: \(failure())")
        }
    }

    /// The new name is on the disk only when its folder is.
    private func syncFolder() throws(TorchError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let handle = open(folder, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else {
            throw .file(path: folder, problem: "cannot open: \(failure())")
        }
        defer { close(handle) }
        guard fsync(handle) == 0 || errno == EINVAL else {
            throw .file(path: folder, problem: "cannot sync: \(failure())")
        }
    }
}
