import Foundation

/// An open file that closes itself.
public struct Descriptor: ~Copyable {
    /// The system's number of the open file.
    public let number: Int32
    /// Its path, for errors.
    public let path: String

    /// Opens a file or folder.
    ///
    /// - Throws: `FileError`.
    public init(_ path: String, flags: Int32, mode: mode_t = 0o644) throws(FileError) {
        let number = Self.retrying { open(path, flags | O_CLOEXEC, mode) }
        guard number >= 0 else { throw FileError("open", path: path) }
        self.number = number
        self.path = path
    }

    deinit {
        close(number)
    }

    /// Writes all bytes at the current position.
    ///
    /// - Throws: `FileError`.
    public func write(_ data: Data) throws(FileError) {
        var offset = 0
        while offset < data.count {
            let written = data.withUnsafeBytes { bytes in
                Self.retrying {
                    #if canImport(Glibc)
                    Glibc.write(
                        number,
                        bytes.baseAddress?.advanced(by: offset),
                        bytes.count - offset
                    )
                    #else
                    Darwin.write(
                        number,
                        bytes.baseAddress?.advanced(by: offset),
                        bytes.count - offset
                    )
                    #endif
                }
            }
            guard written >= 0 else { throw FileError("write", path: path) }
            offset += written
        }
    }

    /// Writes all bytes at a position of their own.
    ///
    /// - Throws: `FileError`.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let written = Self.retrying {
                pwrite(
                    number,
                    bytes.baseAddress?.advanced(by: done),
                    bytes.count - done,
                    off_t(offset + done)
                )
            }
            guard written > 0 else { throw FileError("write", path: path) }
            done += written
        }
    }

    /// Waits until everything written has reached the disk.
    ///
    /// - Throws: `FileError`.
    public func synchronize() throws(FileError) {
        guard Self.retrying({ fsync(number) }) == 0 else {
            throw FileError("synchronize", path: path)
        }
    }

    /// Cuts the file at a length.
    ///
    /// - Throws: `FileError`.
    public func truncate(to length: Int) throws(FileError) {
        guard Self.retrying({ ftruncate(number, off_t(length)) }) == 0 else {
            throw FileError("truncate", path: path)
        }
    }

    /// Repeats a call that a signal interrupted.
    public static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }
}
