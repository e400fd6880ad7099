import Autoregressive
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

    /// The names of classes that a model can be asked for; none for one that is asked otherwise.
    ///
    /// - Throws: `GenerationError.notInstalled`, or what is wrong with it.
    public func classNames(of name: String) throws -> [String] {
        guard let place = place(of: name) else { throw GenerationError.notInstalled(name: name) }
        guard target(of: name) != nil, place.path == link(name).path else {
            let isPair = try entry(name).family == OtherPair.family
            return isPair ? ImageNetNames.all : []
        }
        return try PublishedModel.classNames(place)
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
        let found = try? PublishedModel.check(target)
        var entry = Entry(name: name, bytes: found?.bytes ?? 0)
        entry.family = found?.kind.rawValue ?? "published"
        entry.network =
            found?.kind.network ?? (PublishedFolder.isOne(target) ? "damaged" : "missing")
        entry.terms = found?.kind.terms
        if let form = quantised(at: target) {
            entry.network = "text to picture, \(form.precision.rawValue)"
        }
        entry.source = target.path
        return entry
    }
}
