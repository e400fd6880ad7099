import Digests
import Foundation
import Synchronization

/// Keys of users, kept as hashes, and the visits that they began.
final class KeyRing: Sendable {
    /// The name of the page's cookie.
    static let cookie = "atelier"

    private struct State {
        /// Visits by the hash of their cookie.
        var visits: [String: (owner: String, ends: Date)] = [:]
        /// Tokens of start addresses, each good for one visit.
        var tokens: [String: String] = [:]
        var tries: [Date] = []
    }

    /// Hash and user of each key.
    private let keys: [(hash: String, owner: String)]
    private let state = Mutex(State())

    /// A ring of keys by user.
    init(_ keys: [String: String]) {
        self.keys = keys.map { (KeyRing.hash($0.value), $0.key) }
    }

    /// Whether there are keys at all.
    var isNeeded: Bool { !keys.isEmpty }

    /// Who has a key; nobody for a wrong one, which takes as long.
    func owner(of key: String) -> String? {
        let hash = KeyRing.hash(key)
        var found: String?
        for entry in keys where KeyRing.equal(entry.hash, hash) { found = entry.owner }
        return found
    }

    /// A token for a start address of a user.
    func token(for owner: String) -> String {
        let token = KeyRing.secret()
        state.withLock { $0.tokens[KeyRing.hash(token)] = owner }
        return token
    }

    /// Begins a visit with a token or a key.
    ///
    /// - Returns: The cookie's value; nothing for a wrong one, or after five tries in a minute.
    func enter(_ secret: String) -> String? {
        let known = owner(of: secret)
        return state.withLock { state in
            state.tries.removeAll { $0.timeIntervalSinceNow < -60 }
            guard state.tries.count < 5 else { return nil }
            guard let owner = state.tokens.removeValue(forKey: KeyRing.hash(secret)) ?? known else {
                state.tries.append(Date())
                return nil
            }
            let cookie = KeyRing.secret()
            state.visits[KeyRing.hash(cookie)] = (owner, Date(timeIntervalSinceNow: 30 * 86_400))
            return cookie
        }
    }

    /// Whose visit a cookie is.
    func guest(_ cookie: String) -> String? {
        state.withLock { state in
            guard let visit = state.visits[KeyRing.hash(cookie)], visit.ends > Date() else {
                return nil
            }
            return visit.owner
        }
    }

    /// A new secret of 256 bits.
    static func secret() -> String {
        var chance = SystemRandomNumberGenerator()
        return Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &chance) })
            .base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// A key as errors may show it.
    static func masked(_ key: String) -> String {
        key.count < 12 ? "***" : "\(key.prefix(3))***\(key.suffix(2))"
    }

    private static func hash(_ text: String) -> String { Hashing.sum(Data(text.utf8), .sha256) }

    private static func equal(_ left: String, _ right: String) -> Bool {
        zip(left.utf8, right.utf8).reduce(left.utf8.count == right.utf8.count ? 0 : 1) {
            $0 | ($1.0 ^ $1.1)
        } == 0
    }
}
