import Foundation

/// What tells sounds from one another, and the dictionary that goes with it: folders as CMU Sphinx keeps them.
public struct AcousticModel: Sendable, Equatable {
    /// The folder with the file `mdef`.
    public let folder: URL
    /// How words sound.
    public let dictionary: URL

    /// Where packages put the model of American English.
    private static let places = [
        "/usr/share/pocketsphinx/model/en-us", "/usr/local/share/pocketsphinx/model/en-us",
        "/opt/homebrew/share/pocketsphinx/model/en-us",
    ]

    /// How to install what is missing.
    static let cure = "install it with 'make setup WITH=\"speech\"'"

    /// The model of American English, as it is installed.
    ///
    /// - Throws: `SpeechError` where it is not.
    public static func installed() throws -> AcousticModel {
        for place in places where FileManager.default.fileExists(atPath: place) {
            return try AcousticModel(URL(filePath: place, directoryHint: .isDirectory))
        }
        throw SpeechError(
            .recogniser,
            at: "speech",
            "there is no acoustic model in \(places[0])",
            cure: cure
        )
    }

    /// A model in a folder: `mdef` lies in it or in a folder within, a dictionary (`.dict`, `.dic`) beside or with it.
    ///
    /// - Throws: `SpeechError` for a folder without them.
    public init(_ place: URL) throws {
        let within = Self.contents(of: place)
        let folder = ([place] + within).first {
            FileManager.default.fileExists(atPath: $0.appending(path: "mdef").path)
        }
        let files = within + (folder.map(Self.contents) ?? [])
        let dictionary = files.first { ["dict", "dic"].contains($0.pathExtension) }
        guard let folder, let dictionary else {
            throw SpeechError(
                .recogniser,
                at: place.path,
                "is no acoustic model: "
                    + (folder == nil
                        ? "there is no file 'mdef' in it" : "it has no dictionary (.dict, .dic)"),
                cure: "name a folder with both, as /usr/share/pocketsphinx/model/en-us is one"
            )
        }
        (self.folder, self.dictionary) = (folder, dictionary)
    }

    private static func contents(of folder: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().prefix(1000).map { folder.appending(path: $0) }
    }
}
