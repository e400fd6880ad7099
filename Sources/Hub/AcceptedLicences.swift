import Files
import Foundation

/// Licences that were agreed to, so that each is asked for once.
public struct AcceptedLicences {
    private struct Entry: Codable {
        var licence: String
        var date: Date
    }

    private let file: URL

    /// Those noted in a folder.
    public init(in folder: URL) { file = folder.appending(path: "licences.json") }

    private var entries: [String: Entry] {
        (try? Data(contentsOf: file))
            .flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) } ?? [:]
    }

    /// Whether the licence of a repository was agreed to.
    public func has(_ repository: String) -> Bool { entries[repository] != nil }

    /// Notes that it was.
    ///
    /// - Throws: An error of the file system.
    public func accept(_ repository: String, _ licence: String) throws {
        var all = entries
        all[repository] = Entry(licence: licence, date: Date())
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try AtomicFile.write(encoder.encode(all), to: file)
    }
}
