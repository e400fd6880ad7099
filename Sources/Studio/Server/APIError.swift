import Foundation
import HTTPTypes
import Hummingbird

/// Why a request is refused, in the form that the OpenAI interface gives to errors.
struct APIError: Error, Sendable {
    /// The answer's status.
    var status: HTTPResponse.Status
    /// What happened, what was expected, what to do.
    var message: String
    /// The kind of error.
    var type = "invalid_request_error"
    /// The field that is wrong.
    var parameter: String?
    /// The error's name.
    var code: String?
    /// What the rules found.
    var categories: [String]?
    /// Seconds after which it is worth trying again.
    var retryAfter: Int?

    /// A field has a value that it cannot have.
    static func invalid(
        _ message: String,
        parameter: String? = nil,
        code: String = "invalid_value"
    ) -> APIError {
        APIError(status: .badRequest, message: message, parameter: parameter, code: code)
    }

    /// There is no such thing.
    static func missing(
        _ message: String,
        parameter: String? = nil,
        code: String = "not_found"
    ) -> APIError {
        APIError(status: .notFound, message: message, parameter: parameter, code: code)
    }

    /// There is no job of that id.
    static var noJob: APIError { missing("there is no such job") }

    /// There is no picture of that id.
    static var noPicture: APIError { missing("there is no such picture") }

    /// A field names a picture that is not there, or that the user does not see.
    static func noPicture(_ id: String, in field: String) -> APIError {
        missing(
            "'\(field)' names a picture '\(LogText.short(id))', which is not there; "
                + "name one of /api/pictures, or upload it",
            parameter: field
        )
    }

    /// The body is larger than allowed.
    static func tooLarge(_ what: String, limit: Int) -> APIError {
        APIError(
            status: .contentTooLarge,
            message: "\(what) is larger than \(limit) bytes, which is the limit; send less",
            code: "file_too_large"
        )
    }

    /// Too many jobs wait.
    static func queueFull(waiting: Int, capacity: Int) -> APIError {
        APIError(
            status: .tooManyRequests,
            message: "\(waiting) of your jobs wait, \(capacity) may; wait, or cancel some",
            type: "rate_limit_exceeded",
            code: "queue_full",
            retryAfter: 30
        )
    }

    /// The key of a request stands for another one.
    static func otherBody(_ key: String) -> APIError {
        APIError(
            status: .conflict,
            message: "the key '\(LogText.short(key, 60))' was sent with another "
                + "body before; a new request needs a new key",
            code: "idempotency_key_reused"
        )
    }

    /// The rules do not allow it.
    static func blocked(_ message: String, categories: [String], stage: String) -> APIError {
        APIError(
            status: .badRequest,
            message: "\(message) safety_violations=[\(categories.joined(separator: ", "))].",
            type: "image_generation_user_error",
            code: "moderation_blocked",
            categories: [stage] + categories
        )
    }

    /// The same error in one line of bounded length that steers no terminal, whatever it repeats.
    var inOneLine: APIError {
        var error = self
        error.message = LogText.short(message, 1200)
        error.parameter = parameter.map { LogText.short($0, 80) }
        return error
    }

    /// The body that tells it.
    func body(id: String) -> Envelope {
        let told = inOneLine
        return Envelope(
            error: Envelope.Content(
                message: told.message,
                type: type,
                param: told.parameter,
                code: code,
                id: id,
                details: categories.flatMap { categories in
                    categories.first.map {
                        Envelope.Details(stage: $0, categories: Array(categories.dropFirst()))
                    }
                }
            )
        )
    }

    /// The form of errors.
    struct Envelope: Encodable, Sendable {
        /// What happened.
        struct Content: Encodable, Sendable {
            var message: String
            var type: String
            var param: String?
            var code: String?
            var id: String
            var details: Details?

            enum CodingKeys: String, CodingKey {
                case message, type, param, code, id
                case details = "moderation_details"
            }

            // All keys are there, even those without a value.
            func encode(to encoder: any Encoder) throws {
                var box = encoder.container(keyedBy: CodingKeys.self)
                try box.encode(message, forKey: .message)
                try box.encode(type, forKey: .type)
                try box.encode(param, forKey: .param)
                try box.encode(code, forKey: .code)
                try box.encode(id, forKey: .id)
                try box.encodeIfPresent(details, forKey: .details)
            }
        }

        /// What the rules found, and where.
        struct Details: Encodable, Sendable {
            var stage: String
            var categories: [String]

            enum CodingKeys: String, CodingKey {
                case stage = "moderation_stage"
                case categories
            }
        }

        var error: Content
    }
}
