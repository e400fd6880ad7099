import Digests
import Foundation
import Hummingbird

/// What an asker calls a request, so that sending it twice does it once.
struct RequestKey: Sendable {
    /// The name.
    let name: String
    /// What tells the request from others of the same name.
    let body: String

    /// The key that a request carries; nothing where it carries none.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - body: What was asked for, in parts.
    init?(of request: Request, body: [Data]) {
        guard let name = request.headers[EnvelopeGuard.name("Idempotency-Key")] else { return nil }
        let hashing = Hashing(.sha256)
        for part in [Data(request.uri.path.utf8)] + body {
            hashing.update(Data("\(part.count) ".utf8))
            hashing.update(part)
        }
        self.name = name
        self.body = hashing.finished()
    }
}
