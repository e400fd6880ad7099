import HTTPTypes
import Hummingbird

/// Takes the base path off requests before they find their route.
struct BasePathResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == StudioContext {
    let base: BasePath
    let inner: Inner

    func respond(to request: Request, context: StudioContext) async throws -> Response {
        guard base != .none else { return try await inner.respond(to: request, context: context) }
        guard let path = base.inner(of: request.head.path ?? "/") else {
            return Response(
                status: .permanentRedirect,
                headers: [.location: base.address("/"), .cacheControl: "no-store"]
            )
        }
        var head = request.head
        head.path = path
        return try await inner.respond(
            to: Request(head: head, body: request.body),
            context: context
        )
    }
}
