import Foundation

/// Writes files so that a reader, and a crash, meet either the old content or the new.
public enum AtomicFile {
    /// Part of the name of everything that is not finished.
    static let suffix = ".tmp"

    /// Writes under a temporary name in the same folder, synchronizes, renames.
    ///
    /// - Throws: `FileError`; the old content is then untouched.
    public static func write(_ data: Data, to url: URL) throws(FileError) {
        let draft = try FileDraft(url)
        try draft.append(data)
        try draft.commit()
    }

    /// Writes text in UTF-8; see `write(_:to:)-(Data,_)`.
    public static func write(_ text: String, to url: URL) throws(FileError) {
        try write(Data(text.utf8), to: url)
    }

    /// Lets somebody else write under a temporary name, synchronizes the file and renames it.
    ///
    /// - Parameters:
    ///   - url: The file or link to replace.
    ///   - write: Makes the file, or the link, at the place it is given.
    /// - Throws: What `write` throws, or `FileError`; the old content is then untouched.
    public static func replace(
        _ url: URL,
        write: (URL) throws(FileError) -> Void
    ) throws(FileError) {
        let temporary = temporary(for: url)
        do {
            try write(temporary)
            try rename(temporary, to: url)
        } catch {
            unlink(temporary.path)
            throw error
        }
    }

    /// A name in the same folder for what is not finished.
    public static func temporary(for url: URL) -> URL {
        url.deletingLastPathComponent().appending(
            path: prefix(of: url.lastPathComponent)
                + "\(getpid())-\(UInt32.random(in: 0 ... .max))\(suffix)"
        )
    }

    /// What the temporary names of a file begin with; names have 255 bytes at most.
    private static func prefix(of name: String) -> String { ".\(name.limited(toBytes: 200))." }

    /// Renames a finished file or folder and synchronizes its folder.
    ///
    /// - Throws: `FileError`, also when the new name is that of a folder with something in it.
    public static func rename(_ url: URL, to other: URL) throws(FileError) {
        #if canImport(Glibc)
        let result = Glibc.rename(url.path, other.path)
        #else
        let result = Darwin.rename(url.path, other.path)
        #endif
        guard result == 0 else {
            throw FileError("rename to \(other.lastPathComponent)", path: url.path)
        }
        try synchronize(folder: other.deletingLastPathComponent())
    }

    /// Waits until the names in a folder have reached the disk.
    ///
    /// - Throws: `FileError`.
    public static func synchronize(folder: URL) throws(FileError) {
        try Descriptor(folder.path, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Waits until the content of a file has reached the disk.
    ///
    /// - Throws: `FileError`.
    public static func synchronize(file: URL) throws(FileError) {
        try Descriptor(file.path, flags: O_RDONLY).synchronize()
    }

    /// Removes what interrupted writers left in a folder.
    ///
    /// - Precondition: nobody writes into the folder, or the file of that name.
    public static func removeTemporaries(in folder: URL, of name: String? = nil) {
        let manager = FileManager.default
        let prefix = name.map(prefix(of:)) ?? "."
        let names = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            try? manager.removeItem(at: folder.appending(path: name))
        }
    }
}
