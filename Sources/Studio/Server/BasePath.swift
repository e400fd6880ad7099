/// The path below which a studio is seen, as behind a proxy that serves other things beside it.
public struct BasePath: Sendable, Equatable {
    /// Nothing, or `/atelier`: what stands before every address.
    public let text: String

    /// No path: the studio has its address for itself.
    public static let none = BasePath(checked: "")

    private init(checked text: String) { self.text = text }

    /// Reads a path.
    ///
    /// - Parameter path: Such as `/atelier` or `/tools/atelier/`.
    /// - Throws: `StudioError/basePath(_:reason:)` for what cannot stand before every address.
    public init(reading path: String) throws {
        func refused(_ reason: String) -> StudioError {
            .basePath(LogText.short(path, 80), reason: reason)
        }
        guard path.hasPrefix("/") else { throw refused("it does not begin with '/'") }
        guard path.utf8.count <= 200 else { throw refused("it is longer than 200 bytes") }
        let inner = path.hasSuffix("/") ? path.dropFirst().dropLast() : path.dropFirst()
        guard !inner.isEmpty else {
            guard path == "/" else { throw refused("it has an empty part") }
            self = .none
            return
        }
        let parts = inner.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts {
            if part.isEmpty { throw refused("it has an empty part") }
            if part == "." || part == ".." { throw refused("it has the part '\(part)'") }
            guard part.utf8.allSatisfy(Self.isPlain) else {
                throw refused("it has other characters than letters, digits, '-', '.', '_' and '~'")
            }
        }
        // A proxy that takes the path off would leave what looks like the path itself.
        if let first = parts.first, Self.own.contains(String(first)) {
            throw refused("'/\(first)' is an address of the studio itself")
        }
        text = "/" + inner
    }

    /// The first parts of the studio's own addresses.
    private static let own: Set<String> = [
        "api", "v1", "sdapi", "page", "enter", "healthz", "readyz", "metrics", "openapi.json",
        "robots.txt", "create", "library", "explore", "grid", "train", "models", "edit", "compare",
        "picture",
    ]

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    /// An address of the studio as a visitor has it.
    ///
    /// - Parameter path: From the studio's root, with the slash.
    /// - Returns: The address, without the host.
    func address(_ path: String) -> String { text + path }

    /// The path within the studio of what a visitor asks for: proxies may take the base off, or leave it.
    ///
    /// - Returns: Nothing for the base without a slash behind, which is no place for relative addresses.
    func inner(of path: String) -> String? {
        guard !text.isEmpty, path.hasPrefix(text) else { return path }
        let rest = path.dropFirst(text.count)
        if rest.isEmpty || rest.hasPrefix("?") { return nil }
        return rest.hasPrefix("/") ? String(rest) : path
    }
}
