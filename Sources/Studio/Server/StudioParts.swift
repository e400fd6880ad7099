import Files
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Prompts
import Runs

/// What routes work with.
struct StudioParts: Sendable {
    let configuration: StudioConfiguration
    let store: StudioStore
    let hub: EventHub
    let worker: WorkerProcess
    let queue: JobQueue
    let models: ModelShelf
    let training: TrainingRuns
    let sets: PictureSets
    let fetches: ModelFetches
    let keys: KeyRing
    let counters: Counters
    let links: PictureLinks
    let limit: RateLimit
    let rules: PromptRules
    let logger: Logger
}

extension Request {
    /// The body as JSON.
    func json<Value: Decodable>(_ type: Value.Type, limit: Int = 1 << 20) async throws -> Value {
        try JSONReader.read(await jsonData(limit: limit)).value(type)
    }

    /// The body, said to be JSON.
    func jsonData(limit: Int = 1 << 20) async throws -> Data {
        let media = headers[.contentType]?.split(separator: ";").first
            .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard media == "application/json" else {
            throw APIError(
                status: .unsupportedMediaType,
                message:
                    "the body is '\(TerminalText.name(media ?? "nothing"))', expected application/json",
                code: "unsupported_media_type"
            )
        }
        return try await bytes(limit: limit, what: "the body")
    }

    /// The whole body.
    ///
    /// A body that says how long it is, and is too long, is not read at all; one that comes too slowly
    /// is given up.
    func bytes(limit: Int, what: String) async throws -> Data {
        if let length = headers[.contentLength].flatMap(Int.init), length > limit {
            throw APIError.tooLarge(what, limit: limit)
        }
        return try await withThrowingTaskGroup(of: Data.self) { group in
            group.addTask {
                do {
                    return Data(buffer: try await body.collect(upTo: limit))
                } catch is NIOTooManyBytesError {
                    throw APIError.tooLarge(what, limit: limit)
                } catch let error where !(error is CancellationError) {
                    throw APIError.invalid("\(what) is broken: \(error)", code: "invalid_body")
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(60))
                throw APIError(
                    status: .requestTimeout,
                    message: "\(what) did not arrive within 60 s",
                    code: "too_slow"
                )
            }
            defer { group.cancelAll() }
            return try await group.next() ?? Data()
        }
    }

    /// A value of the query.
    func query(_ name: String) -> String? {
        for pair in (uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.first.map(String.init) == name else { continue }
            // Forms write a space as a plus.
            let text = parts.count > 1 ? parts[1].replacingOccurrences(of: "+", with: " ") : ""
            return text.removingPercentEncoding ?? text
        }
        return nil
    }
}

extension StudioContext {
    /// An id in the path.
    ///
    /// - Throws: `APIError` of status 404 for what cannot be one.
    func identifier(_ name: String = "id", _ error: APIError = .noPicture) throws -> String {
        guard let text = parameters.get(name), Identifier.isValid(text) else { throw error }
        return text
    }
}

extension Response {
    /// An answer in JSON.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(
            status: status,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: try StudioJSON.data(value)))
        )
    }

    /// An answer in JSON with names in the form `like_this`.
    static func snakeJSON(_ value: some Encodable) throws -> Response {
        bytes(try StudioJSON.data(value, keys: .convertToSnakeCase), type: "application/json")
    }

    /// An answer of bytes.
    static func bytes(_ data: Data, type: String, cache: String? = nil) -> Response {
        var headers: HTTPFields = [.contentType: type]
        if let cache { headers[.cacheControl] = cache }
        return Response(
            status: .ok,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: data))
        )
    }

    /// A picture that never changes.
    static func picture(_ data: Data, attachment: String? = nil) -> Response {
        var response = bytes(data, type: "image/png", cache: "private, max-age=31536000, immutable")
        if let attachment {
            response.headers[.contentDisposition] = "attachment; filename=\"\(attachment)\""
        }
        return response
    }
}
