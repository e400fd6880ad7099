import Foundation
import Synchronization

/// Addresses of pictures that nobody can guess and that are good for a while.
final class PictureLinks: Sendable {
    /// What an address leads to.
    struct Link: Sendable {
        var picture: String
        var format: AnswerFormat
        var ends: Date
    }

    private let life: Double
    private let links = Mutex<[String: Link]>([:])

    /// Addresses that are good for so many seconds.
    init(life: Double) { self.life = life }

    /// A new address of a picture.
    func add(_ picture: String, as format: AnswerFormat) -> String {
        let token = KeyRing.secret()
        links.withLock { links in
            if links.count > 10_000 { links = links.filter { $0.value.ends > Date() } }
            links[token] = Link(
                picture: picture,
                format: format,
                ends: Date(timeIntervalSinceNow: life)
            )
        }
        return token
    }

    /// What an address leads to; nothing where it is not good any more.
    func link(_ token: String) -> Link? {
        links.withLock { links in
            guard let link = links[token], link.ends > Date() else { return nil }
            return link
        }
    }
}
