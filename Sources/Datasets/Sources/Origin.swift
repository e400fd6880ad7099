import Foundation

/// What a source is made from: where its files are, how it reads them, and their state.
///
/// The identity (places and options) names the cache file; the state (sizes, times) tells whether
/// that cache still fits.
public struct Origin: Codable, Sendable, Equatable {
    /// Where the data is and how it is read: paths, split, options.
    public let identity: String

    /// The state of the files: sizes and modification times.
    public let state: String

    /// Makes an origin from its two halves.
    public init(identity: String, state: String) {
        self.identity = identity
        self.state = state
    }

    /// The origin of a source that is made from these files.
    ///
    /// Each file counts with its path, size and modification time. An absent file counts as absent.
    public init(identity: String, files: [URL]) {
        var hasher = XXHash64()
        for file in files {
            let line = FileFacts(file)?.description ?? "absent"
            Array("\(file.path)\t\(line)\n".utf8).withUnsafeBytes { hasher.update($0) }
        }
        self.identity = identity
        state = "\(files.count) files, " + String(hasher.value, radix: 16)
    }
}
