import Foundation
import Synchronization

/// A published model that is to be brought here: its files are listed, its licence is agreed to, its weights
/// come into the cache that programs share.
public struct ModelFetch: Sendable {
    /// Where it is published: `org/name`.
    public let repository: String
    /// A branch, a tag or a commit.
    public let revision: String
    /// What is known of it; nothing for a repository that nobody has described.
    public let known: KnownModel?

    /// A model by a known name or by its repository.
    ///
    /// - Throws: `HubError` for a text that is neither, and for a model that lies in no known repository.
    public init(_ text: String, revision: String = "main") throws(HubError) {
        known = KnownModel.named(text)
        if let known, known.repository == nil {
            throw HubError(
                known.name,
                "lies in no repository that is known here",
                cure: "put its files in a folder of their own"
                    + " (\(known.origin ?? "from whoever published it")), then: atelier models add FOLDER"
                    + " --name \(known.name)"
            )
        }
        repository = known?.repository ?? text
        self.revision = revision
        guard Hub.isRepository(repository) else {
            throw HubError(
                "'\(text)'",
                "is no known model and no repository such as org/name",
                cure: "'atelier models list' names what can be fetched"
            )
        }
    }

    /// What it is usually called: by its known name, or that of its repository.
    public var name: String {
        known?.name ?? repository.split(separator: "/").last.map(String.init) ?? repository
    }

    /// The terms of a model, and how much of it is fetched.
    public struct Offer: Sendable {
        /// Under which terms its weights may be used.
        public var licence: String
        /// All bytes, where the server says them.
        public var bytes: Int?
        let listing: Hub.Listing
        let paths: [String]
    }

    /// What a server offers of the model.
    ///
    /// - Parameter settings: Of the server.
    /// - Returns: The terms, and what is to be fetched.
    /// - Throws: `HubError` for what is not there, holds no weights, or cannot be reached.
    public func offer(_ settings: HubSettings) async throws -> Offer {
        let listing = try await Hub(settings).listing(repository, revision: revision)
        let all = listing.files.map(\.path)
        let paths = known?.wanted(of: all) ?? KnownModel.wanted(of: all)
        if let pair = known?.pair, paths.count < 2 {
            throw HubError(
                repository,
                "has no \(pair.transformer) or no \(pair.tokenizer)",
                cure: "look at its page"
            )
        }
        guard
            paths.contains(where: { path in
                [".safetensors", ".bin", ".pt"].contains { path.hasSuffix($0) }
            })
        else {
            throw HubError(
                repository,
                "has no weights in .safetensors or .bin",
                cure: "look at its page"
            )
        }
        let sizes = listing.files.filter { paths.contains($0.path) }.map(\.bytes)
        return Offer(
            licence: known?.licence ?? listing.licence ?? "not named on the model's page",
            bytes: sizes.contains(nil) ? nil : sizes.compactMap(\.self).reduce(0, +),
            listing: listing,
            paths: paths
        )
    }

    /// The folder with all files where the network may not be used and they are there.
    public func kept(_ settings: HubSettings) -> URL? {
        let cache = HubCache(settings.cache)
        guard settings.isOffline, let commit = cache.commit(repository, revision: revision)
        else { return nil }
        let folder = cache.snapshot(repository, commit: commit)
        let needed = known?.pair.map { [$0.transformer, $0.tokenizer] } ?? []
        let isWhole = needed.allSatisfy {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
        }
        return isWhole ? folder : nil
    }

    /// Fetches what is offered; what is there is not fetched again.
    ///
    /// - Parameters:
    ///   - offer: What the server has.
    ///   - settings: Of the server.
    ///   - tell: Told how far each file is, and how far all of them are together.
    /// - Returns: The folder with all files.
    /// - Throws: `HubError`, or `FileError` where the disk refuses.
    public func fetch(
        _ offer: Offer,
        _ settings: HubSettings,
        tell: @escaping @Sendable (_ file: Hub.Progress, _ all: Hub.Progress) -> Void
    ) async throws -> URL {
        let done = Mutex<[String: Int]>([:])
        return try await Hub(settings).fetch(offer.listing, offer.paths, revision: revision) {
            file in
            let sum = done.withLock { done in
                done[file.path] = file.done
                return done.values.reduce(0, +)
            }
            tell(file, Hub.Progress(path: repository, done: sum, all: offer.bytes))
        }
    }
}
