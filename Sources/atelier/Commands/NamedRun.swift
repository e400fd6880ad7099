import Files
import Foundation
import Runs

/// The place of a run, or of anything else, that a person named.
enum NamedRun {
    /// The folder that runs are kept in where nothing else is said.
    static let usualRoot = "runs"

    /// The folder of the newest run for `last`; otherwise the name is a path.
    ///
    /// - Throws: `FileError` where there is no run yet.
    static func place(_ name: String, in root: String = usualRoot) throws(FileError) -> URL {
        guard name == "last" else { return URL(filePath: name) }
        return try RunFolder.newest(in: URL(filePath: root, directoryHint: .isDirectory)).url
    }
}
