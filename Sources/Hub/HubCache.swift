import Files
import Foundation

/// The folder that programs share: contents by their checksums, and links to them by their names.
///
/// Source: Hugging Face, "Understand caching", the layout of `huggingface_hub`.
public struct HubCache: Sendable {
    /// The folder.
    public let root: URL

    /// A cache in a folder.
    public init(_ root: URL) { self.root = root }

    /// The folder of a repository, such as `models--org--name`.
    public func folder(_ repository: String) -> URL {
        root.appending(
            path: "models--" + repository.replacingOccurrences(of: "/", with: "--"),
            directoryHint: .isDirectory
        )
    }

    /// The contents of a checksum.
    func blob(_ repository: String, _ etag: String) -> URL {
        folder(repository).appending(path: "blobs/\(etag)")
    }

    /// What says that somebody fetches a content.
    func lock(_ repository: String, _ etag: String) -> URL {
        root.appending(path: ".locks/\(folder(repository).lastPathComponent)/\(etag).atelier")
    }

    /// The folder of a state of a repository, with a link for each file.
    public func snapshot(_ repository: String, commit: String) -> URL {
        folder(repository).appending(path: "snapshots/\(commit)", directoryHint: .isDirectory)
    }

    /// The state that a name such as `main` stood for when it was last asked for; a commit stands for itself.
    public func commit(_ repository: String, revision: String) -> String? {
        if Self.isCommit(revision) { return revision }
        let file = folder(repository).appending(path: "refs/\(revision)")
        let text = try? String(contentsOf: file, encoding: .utf8)
        return text.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .flatMap { Self.isCommit($0) ? $0 : nil }
    }

    /// Notes what a name stands for.
    func note(_ repository: String, revision: String, commit: String) throws {
        guard revision != commit else { return }
        let file = folder(repository).appending(path: "refs/\(revision)")
        try make(file.deletingLastPathComponent())
        try AtomicFile.write(commit, to: file)
    }

    /// Links a file's name to its content.
    func link(_ repository: String, commit: String, path: String, etag: String) throws {
        let place = snapshot(repository, commit: commit).appending(path: path)
        try make(place.deletingLastPathComponent())
        let up = String(repeating: "../", count: path.split(separator: "/").count + 1)
        let target = "\(up)blobs/\(etag)"
        let known = try? FileManager.default.destinationOfSymbolicLink(atPath: place.path)
        guard known != target else { return }
        try AtomicFile.replace(place) { (draft) throws(FileError) in
            guard symlink(target, draft.path) == 0 else {
                throw FileError("link", path: place.path)
            }
        }
    }

    func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The bytes of a content; nothing where there is none.
    static func bytes(of file: URL) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int
    }

    /// Whether a text is the name of a state: forty digits.
    static func isCommit(_ text: String) -> Bool {
        text.utf8.count == 40 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    }
}
