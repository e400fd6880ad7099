import Foundation
import Hummingbird

/// Asks for a key where one is set: in the header of programs, or in the cookie of the page.
struct KeyGuard: RouterMiddleware {
    let keys: KeyRing
    /// What can be seen without a key.
    static let open: Set<String> = ["/healthz", "/readyz", "/robots.txt", "/enter"]

    func handle(
        _ request: Request,
        context: StudioContext,
        next: (Request, StudioContext) async throws -> Response
    ) async throws -> Response {
        // The addresses of pictures are secrets of their own.
        let isLink = request.uri.path.hasPrefix("/v1/files/") && request.method == .get
        guard keys.isNeeded, !Self.open.contains(request.uri.path), !isLink else {
            return try await next(request, context)
        }
        var context = context
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[0].lowercased() == "bearer",
                let owner = keys.owner(of: parts[1])
            else {
                throw APIError(
                    status: .unauthorized,
                    message: "Incorrect API key provided: \(KeyRing.masked(parts.last ?? "")).",
                    code: "invalid_api_key"
                )
            }
            context.owner = owner
        } else if let cookie = request.cookies[KeyRing.cookie]?.value,
            let owner = keys.guest(cookie)
        {
            context.owner = owner
        } else {
            throw APIError(
                status: .unauthorized,
                message: "a key is needed: send 'Authorization: Bearer KEY', "
                    + "or open the address that 'atelier serve' printed",
                code: "invalid_api_key"
            )
        }
        return try await next(request, context)
    }
}
