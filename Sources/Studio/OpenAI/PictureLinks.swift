import Foundation
import Synchronization

/// Addresses of pictures that nobody can guess and that are good for a while.
final class PictureLinks: Sendable {
    private let life: Double
    private let links = Mutex<[String: (picture: String, ends: Date)]>([:])

    /// Addresses that are good for so many seconds.
    init(life: Double) { self.life = life }

    /// A new address of a picture.
    func add(_ picture: String) -> String {
        let token = KeyRing.secret()
        links.withLock { links in
            if links.count > 10_000 { links = links.filter { $0.value.ends > Date() } }
            links[token] = (picture, Date(timeIntervalSinceNow: life))
        }
        return token
    }

    /// The picture that an address leads to; nothing where it is not good any more.
    func picture(_ token: String) -> String? {
        links.withLock { links in
            guard let link = links[token], link.ends > Date() else { return nil }
            return link.picture
        }
    }
}
