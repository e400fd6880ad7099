import Foundation

/// Where models are fetched from and kept, by the variables that the hub's own programs follow.
public struct HubSettings: Sendable {
    /// The server, or a mirror of it.
    public var endpoint: URL
    /// Whose files are asked for, where they are not for everybody.
    public var token: String?
    /// Whether the network is not used at all.
    public var isOffline: Bool
    /// The folder that programs share.
    public var cache: URL
    /// Seconds without a byte until a connection is given up.
    public var patience = 30.0
    /// Seconds before the first repetition; each further one waits twice as long.
    public var pause = 0.5

    /// `HF_ENDPOINT`, `HF_TOKEN` or the file `token` in `HF_HOME`, `HF_HUB_OFFLINE`, `HF_HUB_CACHE`.
    ///
    /// - Throws: `HubError` for an endpoint that is no address, and for times that are none.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(HubError) {
        func given(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let text = given("HF_ENDPOINT") ?? "https://huggingface.co"
        guard let url = URL(string: text.hasSuffix("/") ? String(text.dropLast()) : text),
            ["http", "https"].contains(url.scheme), url.host() != nil
        else {
            throw HubError(
                "HF_ENDPOINT",
                "is '\(text)', which is no address",
                cure: "set it to one such as https://huggingface.co, or leave it out"
            )
        }
        endpoint = url
        let user = given("HOME") ?? NSHomeDirectory()
        let caches = given("XDG_CACHE_HOME") ?? user + "/.cache"
        let home = URL(
            filePath: given("HF_HOME") ?? caches + "/huggingface",
            directoryHint: .isDirectory
        )
        cache =
            given("HF_HUB_CACHE").map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? home.appending(path: "hub", directoryHint: .isDirectory)
        let kept = try? String(contentsOf: home.appending(path: "token"), encoding: .utf8)
        token = given("HF_TOKEN") ?? kept?.trimmingCharacters(in: .whitespacesAndNewlines)
        if token?.isEmpty == true { token = nil }
        isOffline = ["1", "true", "yes", "on"].contains(given("HF_HUB_OFFLINE")?.lowercased() ?? "")
        patience = try Self.seconds("ATELIER_FETCH_PATIENCE", given) ?? patience
        pause = try Self.seconds("ATELIER_FETCH_PAUSE", given) ?? pause
    }

    /// Seconds that a variable gives; nothing where it is not set.
    private static func seconds(
        _ name: String,
        _ given: (String) -> String?
    ) throws(HubError) -> Double? {
        guard let text = given(name) else { return nil }
        guard let seconds = Double(text), (0...86_400).contains(seconds) else {
            throw HubError(
                name,
                "is '\(text)', which is no time from 0 to 86400 seconds",
                cure: "set it to seconds such as 30, or leave it out"
            )
        }
        return seconds
    }
}
