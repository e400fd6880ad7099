import Foundation

/// A file that appears under its name only when it is whole.
///
/// Written under a temporary name in the same folder, synchronized, renamed. Without `commit()`
/// nothing is left behind; what a killed process leaves is a hidden file that ends in `.tmp`.
public final class FileDraft {
    private let target: URL
    private let temporary: URL
    private let file: Descriptor
    private var isOpen = true
    /// Bytes up to the end.
    public private(set) var count = 0

    /// An empty file that is to replace the one of that name, or to be it.
    ///
    /// - Throws: `FileError`, where the folder is not there or nothing can be written in it.
    public init(_ target: URL) throws(FileError) {
        self.target = target
        temporary = AtomicFile.temporary(for: target)
        file = try Descriptor(temporary.path, flags: O_RDWR | O_CREAT | O_EXCL)
    }

    deinit {
        if isOpen { unlink(temporary.path) }
    }

    /// Adds bytes at the end.
    ///
    /// - Throws: `FileError`.
    public func append(_ bytes: some Collection<UInt8>) throws(FileError) {
        try write(bytes, at: count)
    }

    /// Overwrites bytes that were written before, or leaves a gap of zeros.
    ///
    /// - Throws: `FileError`.
    public func write(_ bytes: some Collection<UInt8>, at offset: Int) throws(FileError) {
        var failure: FileError?
        func put(_ buffer: UnsafeBufferPointer<UInt8>) {
            do throws(FileError) {
                try file.write(UnsafeRawBufferPointer(buffer), at: offset)
            } catch {
                failure = error
            }
        }
        if bytes.withContiguousStorageIfAvailable(put) == nil {
            Array(bytes).withUnsafeBufferPointer(put)
        }
        if let failure { throw failure }
        count = max(count, offset + bytes.count)
    }

    /// Leaves a gap of zeros up to an offset.
    public func skip(to offset: Int) { count = max(count, offset) }

    /// Adds zeros up to a multiple of a number.
    ///
    /// - Throws: `FileError`.
    public func pad(to alignment: Int) throws(FileError) {
        let missing = (alignment - count % alignment) % alignment
        try append([UInt8](repeating: 0, count: missing))
    }

    /// Makes the file appear under its name.
    ///
    /// - Throws: `FileError`; the old file is then untouched.
    public func commit() throws(FileError) {
        try file.synchronize()
        try AtomicFile.rename(temporary, to: target)
        isOpen = false
    }
}
