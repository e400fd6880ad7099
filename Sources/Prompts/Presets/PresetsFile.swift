import Files
import Foundation

/// Where a person's presets are kept.
public struct PresetsFile: Sendable {
    /// The file.
    public let url: URL

    /// A file; there may be none yet.
    public init(_ url: URL) { self.url = url }

    /// The user's own: `atelier/presets.json` where the system keeps settings.
    public static var own: PresetsFile {
        PresetsFile(SettingsFolder.url.appending(path: "presets.json"))
    }

    /// The presets; none where there is no file.
    ///
    /// - Throws: `PromptError` for a file that is something else.
    public func read() throws -> Presets {
        guard FileManager.default.fileExists(atPath: url.path) else { return Presets() }
        do {
            return try JSONDecoder().decode(Presets.self, from: Data(contentsOf: url))
        } catch {
            throw PromptError(
                .preset,
                "\(url.path) is no file of presets; repair or remove it (\(error))"
            )
        }
    }

    /// Keeps presets.
    public func write(_ presets: Presets) throws {
        let folder = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try AtomicFile.write(encoder.encode(presets), to: url)
    }
}
