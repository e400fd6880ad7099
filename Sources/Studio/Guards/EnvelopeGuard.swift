import Checks
import Files
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Prompts
import Requests

/// The outermost guard: gives every answer its safety headers and every error its form.
struct EnvelopeGuard: RouterMiddleware {
    let counters: Counters
    let logger: Logger

    static let headers: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; "
                + "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
                + "form-action 'self'"
        ),
        (name("X-Content-Type-Options"), "nosniff"),
        (name("Referrer-Policy"), "no-referrer"),
        (name("Cross-Origin-Opener-Policy"), "same-origin"),
        (name("Cross-Origin-Resource-Policy"), "same-origin"),
        (name("Permissions-Policy"), "camera=(), microphone=(self), geolocation=()"),
    ]

    static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header") }
        return name
    }

    func handle(
        _ request: Request,
        context: StudioContext,
        next: (Request, StudioContext) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        var response: Response
        do {
            let size = request.headers.reduce(0) {
                $0 + $1.name.rawName.utf8.count + $1.value.utf8.count
            }
            guard size <= 8192, request.uri.string.utf8.count <= 8192 else {
                throw APIError(
                    status: .requestHeaderFieldsTooLarge,
                    message: "the headers have \(size) bytes, expected 8192 at most",
                    code: "headers_too_large"
                )
            }
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context)
        }
        for (name, value) in Self.headers where response.headers[name] == nil {
            response.headers[name] = value
        }
        response.headers[Self.name("X-Request-Id")] = context.id
        // Proxies that keep answers back would make one piece of a stream.
        if response.headers[.contentType]?.hasPrefix("text/event-stream") == true {
            response.headers[Self.name("X-Accel-Buffering")] = "no"
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if request.method == .head { response = response.createHeadResponse() }
        counters.count(response.status.code, began.duration(to: .now))
        logger.debug(
            "request",
            metadata: [
                "id": "\(context.id)", "method": "\(request.method)",
                "path": "\(TerminalText.name(request.uri.path))",
                "status": "\(response.status.code)",
            ]
        )
        return response
    }

    private func answer(
        to error: any Error,
        _ request: Request,
        _ context: StudioContext
    ) -> Response {
        let isNeighbour = request.uri.path.hasPrefix("/sdapi/")
        var told = told(error, context)
        if isNeighbour || request.uri.path.hasPrefix("/v1/") { told = told.inFields }
        var response = Response(status: told.status)
        response.headers[.contentType] = "application/json"
        response.headers[Self.name("X-Should-Retry")] = "false"
        if let seconds = told.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
        let data =
            isNeighbour
            ? try? StudioJSON.data(NeighbourError(told))
            : try? StudioJSON.data(told.body(id: context.id))
        if let data { response.body = .init(byteBuffer: ByteBuffer(bytes: data)) }
        return response
    }

    private func told(_ error: any Error, _ context: StudioContext) -> APIError {
        switch error {
        case let error as APIError: return error
        case let error as PromptError: return APIError(error)
        case let error as RequestProblem:
            return .invalid(error.description, parameter: error.field)
        case let error as TableError:
            return .invalid(error.description, parameter: "table")
        case let error as HTTPError where error.status == .notFound:
            return .missing("there is nothing at this address")
        case let error as any HTTPResponseError:
            return APIError(
                status: error.status,
                message: (error as? HTTPError)?.body ?? error.status.reasonPhrase,
                code: "invalid_request"
            )
        default:
            logger.error("request failed", metadata: ["id": "\(context.id)", "error": "\(error)"])
            return APIError(
                status: .internalServerError,
                message: "the studio failed; the log says why, under \(context.id)",
                type: "server_error",
                code: "server_error"
            )
        }
    }
}

extension APIError {
    /// What is wrong with a prompt.
    init(_ error: PromptError) {
        self.init(
            status: .badRequest,
            message: error.message,
            parameter: error.parameter ?? "prompt",
            code: error.kind.rawValue
        )
        if error.kind == .blocked {
            self = .blocked(
                error.message,
                categories: [error.category ?? "listed"],
                stage: "input"
            )
        }
        if error.kind == .unknownParameter || error.kind == .unsupported {
            code = "unknown_parameter"
        }
        if error.kind == .value { code = "invalid_value" }
        if error.kind == .empty { code = "missing_required_parameter" }
    }
}
