import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes files whole or not at all.
enum AtomicFile {
    /// Writes to a temporary name in the same folder, syncs, renames, and syncs the folder.
    ///
    /// - Throws: ``ImagingError/notWritten(name:reason:)``.
    static func write(_ data: Data, to url: URL) throws {
        let folder = url.deletingLastPathComponent()
        let temporary = folder.appendingPathComponent(
            ".\(url.lastPathComponent).\(UInt64.random(in: .min ... .max)).tmp"
        )
        func failure(_ act: String) -> ImagingError {
            .notWritten(name: url.path, reason: "\(act): \(String(cString: strerror(errno)))")
        }
        let file = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("cannot make a temporary file in \(folder.path)") }
        do {
            try fill(file, with: data, failure: failure)
            guard fsync(file) == 0 else { throw failure("cannot sync") }
        } catch {
            close(file)
            unlink(temporary.path)
            throw error
        }
        guard close(file) == 0, rename(temporary.path, url.path) == 0 else {
            let error = failure("cannot rename")
            unlink(temporary.path)
            throw error
        }
        let directory = open(folder.path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// A name for the system's function that this type's own does not hide.
    private static func put(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(file, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(file, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func fill(
        _ file: Int32,
        with data: Data,
        failure: (String) -> ImagingError
    ) throws {
        try data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = put(file, UnsafeRawBufferPointer(rebasing: bytes[done...]))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure("cannot write") }
                done += count
            }
        }
    }
}
