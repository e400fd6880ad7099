import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What the file system says about a file, links followed.
struct FileFacts: CustomStringConvertible {
    let bytes: Int
    let modified: Double
    let isFolder: Bool
    let isFile: Bool

    /// Nil when there is nothing at that place.
    init?(_ url: URL) {
        var facts = stat()
        guard stat(url.path, &facts) == 0 else { return nil }
        bytes = Int(facts.st_size)
        #if canImport(Darwin)
        modified = Double(facts.st_mtimespec.tv_sec) + Double(facts.st_mtimespec.tv_nsec) / 1e9
        #else
        modified = Double(facts.st_mtim.tv_sec) + Double(facts.st_mtim.tv_nsec) / 1e9
        #endif
        isFolder = facts.st_mode & S_IFMT == S_IFDIR
        isFile = facts.st_mode & S_IFMT == S_IFREG
    }

    /// Whether the entry itself is a symbolic link.
    static func isLink(_ url: URL) -> Bool {
        var facts = stat()
        return lstat(url.path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
    }

    var description: String { "\(bytes) bytes, \(modified)" }
}
