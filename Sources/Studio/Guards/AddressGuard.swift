import Foundation
import HTTPTypes
import Hummingbird

/// Lets only requests in that mean this studio and come from its own page or from programs.
///
/// A page of another site that a person has open must neither read from the studio nor change it,
/// not even where its name was made to lead here.
struct AddressGuard: RouterMiddleware {
    /// Names that the studio is called by, with its port.
    let hosts: Set<String>

    func handle(
        _ request: Request,
        context: StudioContext,
        next: (Request, StudioContext) async throws -> Response
    ) async throws -> Response {
        let host = (request.head.authority ?? "").lowercased()
        // The first name is taken out of the headers; a second one would be there still.
        guard !host.isEmpty, request.headers[EnvelopeGuard.name("Host")] == nil else {
            throw APIError.invalid("a request names one host", code: "wrong_host")
        }
        guard hosts.contains(host) else {
            throw APIError(
                status: .misdirectedRequest,
                message: "this is not \(LogText.short(host, 100)); "
                    + "open the address that the studio printed, or name others with --host-name",
                code: "wrong_host"
            )
        }
        if request.method != .get, request.method != .head { try checkOrigin(request) }
        if let site = request.headers[EnvelopeGuard.name("Sec-Fetch-Site")],
            site != "same-origin", site != "none",
            request.method != .get
                || request.headers[EnvelopeGuard.name("Sec-Fetch-Mode")] != "navigate"
        {
            throw refused("another site asks")
        }
        return try await next(request, context)
    }

    private func checkOrigin(_ request: Request) throws {
        if let origin = request.headers[.origin] {
            let own = hosts.flatMap { ["http://\($0)", "https://\($0)"] }
            guard own.contains(origin.lowercased()) else { throw refused("another site asks") }
        }
        let type = request.headers[.contentType]?.lowercased() ?? ""
        let media =
            type.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        // What a foreign form can send without asking.
        let simple = ["text/plain", "application/x-www-form-urlencoded"]
        guard !simple.contains(media) else {
            throw APIError(
                status: .unsupportedMediaType,
                message: "the body is \(media), expected application/json",
                code: "unsupported_media_type"
            )
        }
        if media == "multipart/form-data", request.headers[.authorization] == nil,
            request.headers[EnvelopeGuard.name("X-Atelier-Csrf")] == nil
        {
            throw refused("a form needs the key, or the header X-Atelier-Csrf")
        }
    }

    private func refused(_ why: String) -> APIError {
        APIError(status: .forbidden, message: "refused: \(why)", code: "wrong_origin")
    }
}
