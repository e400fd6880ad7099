import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The one way to name results: nothing that is there is ever written over.
public enum NewFile {
    /// Most bytes of a name on the usual file systems.
    public static let longestName = 255

    /// Writes a file under a name, or under that name with a number where another file has it.
    ///
    /// A file of the same bytes under one of these names is that result already, and stays. The folder is
    /// made where it is not there.
    ///
    /// - Parameters:
    ///   - data: What the file is to hold.
    ///   - url: The name that is wanted; one that is too long is cut before its ending.
    /// - Returns: The file that holds the result.
    /// - Throws: `FileError`.
    public static func write(_ data: Data, to url: URL) throws(FileError) -> URL {
        let whole = name(1, url)
        try folder(whole.deletingLastPathComponent())
        let temporary = AtomicFile.temporary(for: whole)
        defer { unlink(temporary.path) }
        let file = try Descriptor(temporary.path, flags: O_WRONLY | O_CREAT | O_EXCL)
        try file.write(data)
        try file.synchronize()
        var number = 1
        while true {
            let candidate = name(number, url)
            if try taken(temporary, candidate) {
                try AtomicFile.synchronize(folder: candidate.deletingLastPathComponent())
                return candidate
            }
            if holds(candidate, data) { return candidate }
            number += 1
        }
    }

    /// The name with a number before its ending, from the second on, not longer than names can be.
    public static func name(_ number: Int, _ url: URL) -> URL {
        let whole = url.lastPathComponent
        let dot = whole.lastIndex(of: ".").flatMap { $0 == whole.startIndex ? nil : $0 }
        // What looks like an ending but is not one is a part of the name.
        let cut = dot.flatMap { whole[$0...].utf8.count <= 16 ? $0 : nil } ?? whole.endIndex
        let ending = (number > 1 ? "-\(number)" : "") + whole[cut...]
        let stem = String(whole[..<cut]).limited(toBytes: longestName - ending.utf8.count)
        return url.deletingLastPathComponent().appending(path: stem + ending)
    }

    private static func folder(_ url: URL) throws(FileError) {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw FileError("make the folder", path: url.path, reason: error.localizedDescription)
        }
    }

    /// Gives a file a second name, unless another has it.
    private static func taken(_ temporary: URL, _ url: URL) throws(FileError) -> Bool {
        if link(temporary.path, url.path) == 0 { return true }
        if errno == EEXIST { return false }
        // File systems without second names: an empty file claims the name first.
        let claim = Descriptor.retrying {
            open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        }
        guard claim >= 0 else {
            if errno == EEXIST { return false }
            throw FileError("write", path: url.path)
        }
        close(claim)
        do {
            try AtomicFile.rename(temporary, to: url)
        } catch {
            unlink(url.path)
            throw error
        }
        return true
    }

    private static func holds(_ url: URL, _ data: Data) -> Bool {
        var facts = stat()
        guard stat(url.path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
            facts.st_size == off_t(data.count),
            let found = try? Data(contentsOf: url, options: .mappedIfSafe)
        else { return false }
        return found == data
    }
}
