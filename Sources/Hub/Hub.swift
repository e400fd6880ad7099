import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A server of models: what repositories have, and their files, fetched once for all programs.
public struct Hub: Sendable {
    /// A file of a repository.
    public struct File: Sendable, Equatable {
        /// Its path in the repository.
        public var path: String
        /// Its bytes, where the server says them.
        public var bytes: Int?
    }

    /// What a repository has in one state.
    public struct Listing: Sendable, Equatable {
        /// The repository, such as `org/name`.
        public var repository: String
        /// The state: a commit.
        public var commit: String
        /// The licence that its page names.
        public var licence: String?
        /// Its files.
        public var files: [File]
    }

    /// How far a file is fetched.
    public struct Progress: Sendable {
        /// The file.
        public var path: String
        /// Bytes that are there.
        public var done: Int
        /// All bytes, where they are known.
        public var all: Int?
    }

    let settings: HubSettings
    let cache: HubCache
    /// How often something is tried that may come right by itself.
    static let tries = 6

    /// A server.
    public init(_ settings: HubSettings) {
        self.settings = settings
        cache = HubCache(settings.cache)
    }

    /// Whether a text names a repository: two plain words with a stroke between.
    public static func isRepository(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                (1...96).contains(part.utf8.count) && !part.hasPrefix(".") && !part.hasPrefix("-")
                    && part.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                            || (0x61...0x7A).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
                    }
            }
    }

    /// What a repository has.
    ///
    /// - Parameters:
    ///   - repository: Such as `org/name`.
    ///   - revision: A branch, a tag or a commit.
    /// - Returns: Its state, licence and files.
    /// - Throws: `HubError` for what is not there, or not for everybody, and for a network that fails.
    public func listing(_ repository: String, revision: String = "main") async throws -> Listing {
        struct Answer: Decodable {
            struct Sibling: Decodable {
                var rfilename: String
                var size: Int?
            }
            struct Card: Decodable { var license: String? }
            var sha: String
            var siblings: [Sibling]
            var cardData: Card?
        }
        let place = "\(repository) at \(revision)"
        guard Self.isRepository(repository), Self.isRevision(revision) else {
            throw HubError(
                place,
                "is no repository",
                cure: "name one such as deepseek-community/Janus-Pro-1B"
            )
        }
        try checkOnline(place)
        let url = settings.endpoint.appending(path: "api/models/\(repository)/revision/\(revision)")
            .appending(queryItems: [URLQueryItem(name: "blobs", value: "true")])
        let body = HubBody(limit: 32 << 20)
        let answer = try await patiently(place) {
            body.clear()
            return try await send(url, "GET") { _ in body.append }
        }
        try refuse(answer, place)
        guard let found = try? JSONDecoder().decode(Answer.self, from: body.data),
            HubCache.isCommit(found.sha)
        else {
            throw HubError(place, "was answered in a form that is not known", cure: "try later")
        }
        return Listing(
            repository: repository,
            commit: found.sha,
            licence: found.cardData?.license,
            files: try found.siblings.map {
                guard Self.isPath($0.rfilename) else {
                    throw HubError(
                        place,
                        "has a file '\($0.rfilename)', which leads elsewhere",
                        cure: "do not use this repository"
                    )
                }
                return File(path: $0.rfilename, bytes: $0.size)
            }
        )
    }

    /// Whether a text is a branch, a tag or a commit.
    static func isRevision(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && isPath(text)
    }

    /// Whether a path stays in its folder.
    static func isPath(_ text: String) -> Bool {
        !text.hasPrefix("/") && !text.contains("\\") && !text.contains("\0")
            && text.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    func checkOnline(_ place: String) throws(HubError) {
        guard settings.isOffline else { return }
        throw HubError(
            place,
            "is not here, and HF_HUB_OFFLINE forbids the network",
            cure: "fetch it while the network may be used"
        )
    }

    /// Sends a request; the token goes to the server alone, never to where it sends on to.
    func send(
        _ url: URL,
        _ method: String,
        from offset: Int = 0,
        accept: @escaping @Sendable (HTTPURLResponse) throws -> HubTransfer.Sink?
    ) async throws -> HTTPURLResponse {
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        request.setValue("atelier", forHTTPHeaderField: "User-Agent")
        if offset > 0 { request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range") }
        if let token = settings.token, isOwn(url) {
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        }
        return try await HubTransfer.send(request, patience: settings.patience, accept: accept)
    }

    /// Whether an address is of the server itself.
    func isOwn(_ url: URL) -> Bool {
        url.scheme == settings.endpoint.scheme && url.host() == settings.endpoint.host()
            && url.port == settings.endpoint.port
    }

    /// Tries again what may come right by itself: broken connections, 408, 429 and 5xx.
    func patiently(
        _ place: String,
        _ body: () async throws -> HTTPURLResponse
    ) async throws -> HTTPURLResponse {
        var last = "did not answer"
        for turn in 0..<Self.tries {
            if turn > 0 {
                try await Task.sleep(for: .seconds(settings.pause * Double(1 << (turn - 1))))
            }
            do {
                let answer = try await body()
                guard [408, 429].contains(answer.statusCode) || answer.statusCode >= 500 else {
                    return answer
                }
                last = "answered \(answer.statusCode)"
                if let wait = answer.field("Retry-After").flatMap(Double.init), wait > 0 {
                    try await Task.sleep(for: .seconds(min(wait, 120)))
                }
            } catch let error as URLError where error.code != .cancelled {
                last = "cannot be reached: \(error.localizedDescription)"
            }
        }
        throw HubError(
            place,
            "\(last), \(Self.tries) times",
            cure:
                "check the network and the proxy, or name a mirror with HF_ENDPOINT; what is there already is kept"
        )
    }

    /// Says why a server refused.
    func refuse(_ answer: HTTPURLResponse, _ place: String) throws(HubError) {
        guard answer.statusCode >= 400 else { return }
        let code = answer.field("X-Error-Code") ?? ""
        let token =
            settings.token == nil
            ? "set HF_TOKEN to a token that may read it" : "HF_TOKEN may not read it"
        switch (answer.statusCode, code) {
        case (_, "GatedRepo"):
            throw HubError(
                place,
                "is given only to who has agreed to its terms",
                cure: "agree on its page, then \(token)"
            )
        case (_, "EntryNotFound"):
            throw HubError(place, "has no such file", cure: "look at its page")
        case (_, "RevisionNotFound"):
            throw HubError(place, "is not there: no such revision", cure: "try --revision main")
        case (401, _), (403, _):
            throw HubError(
                place,
                "is not there, or not for everybody",
                cure: "check the name; \(token)"
            )
        case (404, _):
            throw HubError(place, "is not there", cure: "check the name")
        default:
            throw HubError(place, "answered \(answer.statusCode)", cure: "try later")
        }
    }
}
