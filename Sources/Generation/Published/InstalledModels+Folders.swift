import Foundation
import Weights

extension InstalledModels {
    /// Where a published model's folder is linked under its name.
    func link(_ name: String) -> URL { folder.appending(path: name) }

    /// The folder that a link leads to; nothing where there is no link.
    func target(of name: String) -> URL? {
        guard
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link(name).path)
        else { return nil }
        return URL(filePath: path, directoryHint: .isDirectory)
    }

    /// Whether a model lies in a folder of its own here.
    func isFolder(_ name: String) -> Bool {
        target(of: name) == nil && PublishedFolder.isOne(link(name))
    }

    /// Refuses what cannot be a name, or is one already.
    func checkFree(_ name: String, _ replaces: Bool) throws(GenerationError) {
        guard Self.isName(name) else { throw .badModelName(name: name) }
        guard replaces || place(of: name) == nil else {
            throw .modelExists(name: name, folder: folder.path)
        }
    }

    /// Adds a published model, the names and shapes of whose tensors are checked first.
    func add(folder source: URL, as name: String?, _ replaces: Bool) throws -> Entry {
        let source = source.absoluteURL.standardizedFileURL
        let name = name ?? Self.name(from: source.lastPathComponent)
        try checkFree(name, replaces)
        _ = try PublishedModel.check(source)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if replaces, place(of: name) != nil { _ = try remove(name) }
        try FileManager.default.createSymbolicLink(
            atPath: link(name).path,
            withDestinationPath: source.path
        )
        return try entry(name)
    }

    /// What is known of a model in a folder of its own, even of one that is no longer there.
    func linked(_ name: String, to target: URL) -> Entry {
        var entry = Entry(name: name, bytes: (try? PublishedModel.check(target)) ?? 0)
        entry.family = "janus"
        entry.network = PublishedFolder.isOne(target) ? "text to picture" : "missing"
        if let found = quantised(at: target) {
            entry.network = "text to picture, \(found.precision.rawValue)"
        }
        entry.source = target.path
        return entry
    }
}
