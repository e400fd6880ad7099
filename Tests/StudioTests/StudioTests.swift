import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Studio
import Testing

/// A studio over a fresh folder, whose worker cannot be started.
struct EmptyStudio: ~Copyable {
    let folder: URL
    var configuration: StudioConfiguration

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "studio-\(UUID().uuidString)"
        )
        configuration = StudioConfiguration(
            data: folder.appending(path: "data"),
            runs: folder.appending(path: "runs"),
            models: folder.appending(path: "models"),
            program: "/bin/false",
            version: "test"
        )
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Opens it.
    func opened() throws -> Studio {
        try Studio(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// A server's routes, asked in memory.
struct MemoryClient<App: ApplicationProtocol> {
    private let responder: App.Responder

    init(_ application: App) async throws { responder = try await application.responder }

    /// Asks, and gives the answer with its body.
    func execute(
        uri: String,
        method: HTTPRequest.Method,
        headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> (status: HTTPResponse.Status, headers: HTTPFields, body: Data) {
        var fields = headers
        fields[.contentLength] = "\(body.utf8.count)"
        let request = Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: "localhost",
                path: uri,
                headerFields: fields
            ),
            body: .init(buffer: ByteBuffer(string: body))
        )
        let context = App.Context(
            source: .init(channel: EmbeddedChannel(), logger: Logger(label: "test"))
        )
        let response = try await responder.respond(to: request, context: context)
        let sink = BodySink()
        try await response.body.write(sink)
        return (response.status, response.headers, await sink.bytes.data)
    }
}

/// Keeps what is written.
private struct BodySink: ResponseBodyWriter {
    actor Bytes {
        var data = Data()
        func add(_ more: Data) { data += more }
    }

    let bytes = Bytes()

    mutating func write(_ buffer: ByteBuffer) async throws { await bytes.add(Data(buffer: buffer)) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// The names of headers that have none in the library.
extension HTTPField.Name {
    static func named(_ text: String) throws -> HTTPField.Name {
        try #require(HTTPField.Name(text))
    }
}

@Suite struct StudioTests {
    private let json: HTTPFields = [.contentType: "application/json"]

    @Test func anotherStudioInTheSameFolderIsRefused() throws {
        let place = try EmptyStudio()
        let first = try place.opened()
        let path = place.configuration.data.path
        #expect(throws: StudioError.inUse(path: path)) { _ = try place.opened() }
        _ = first
    }

    @Test func addressesThatOthersReachNeedAKey() throws {
        var place = try EmptyStudio()
        place.configuration.host = "0.0.0.0"
        let open = place.configuration
        #expect(throws: StudioError.keyNeeded(address: "0.0.0.0")) {
            _ = try Studio(open, logger: Logger(label: "test"))
        }
    }

    @Test func aDamagedStoreIsNamed() throws {
        let place = try EmptyStudio()
        let data = place.configuration.data
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try Data(repeating: 7, count: 10_000).write(to: data.appending(path: "studio.sqlite"))
        let configuration = place.configuration
        let error = #expect(throws: StudioError.self) {
            _ = try Studio(configuration, logger: Logger(label: "test"))
        }
        #expect(error?.description.contains("studio.sqlite") == true)
    }

    @Test func foreignHostsAreRefusedWithAllHeaders() async throws {
        let place = try EmptyStudio()
        let policy = try HTTPField.Name.named("Content-Security-Policy")
        let identifier = try HTTPField.Name.named("X-Request-Id")
        // Requests in memory name no port, which is right for port 80 alone.
        let client = try await MemoryClient(place.opened().application(port: 81))
        let reply = try await client.execute(uri: "/healthz", method: .get)
        #expect(reply.status == .misdirectedRequest)
        #expect(reply.headers[policy]?.contains("frame-ancestors 'none'") == true)
        #expect(reply.headers[identifier]?.count == 26)
    }

    @Test(arguments: ["null", "http://evil.example", "http://localhost.evil.example"])
    func foreignOriginsAreRefused(_ origin: String) async throws {
        let place = try EmptyStudio()
        let client = try await MemoryClient(place.opened().application(port: 80))
        for (origin, status) in [(origin, 403), ("http://localhost", 201)] {
            let reply = try await client.execute(
                uri: "/api/folders",
                method: .post,
                headers: [.contentType: "application/json", .origin: origin],
                body: #"{"name":"a"}"#
            )
            #expect(reply.status.code == status)
        }
    }

    @Test func onlyJSONIsRead() async throws {
        let place = try EmptyStudio()
        let client = try await MemoryClient(place.opened().application(port: 80))
        for (type, body, status) in [
            ("text/plain", #"{"prompt":"a"}"#, 415), ("text/plain; charset=utf-8", "{}", 415),
            ("application/x-www-form-urlencoded", "a=b", 415), ("application/json", "{", 400),
        ] {
            let reply = try await client.execute(
                uri: "/api/jobs",
                method: .post,
                headers: [.contentType: type],
                body: body
            )
            #expect(reply.status.code == status, "\(type)")
        }
    }

    @Test func nothingOutsideIsRead() async throws {
        let place = try EmptyStudio()
        let client = try await MemoryClient(place.opened().application(port: 80))
        for path in ["..%2f..%2fetc%2fpasswd", "%00", "01M8H57BPRZHXQV4QQA70WDRJ", "a/b"] {
            for uri in ["/api/pictures/\(path)/file", "/page/\(path)", "/api/training/\(path)"] {
                let reply = try await client.execute(uri: uri, method: .get)
                #expect(reply.status == .notFound, "\(uri)")
            }
        }
    }

    @Test func foldersGoAndComeBack() async throws {
        struct Folder: Decodable, Equatable { var id: String, name: String, count: Int }
        let place = try EmptyStudio()
        do {
            let client = try await MemoryClient(place.opened().application(port: 80))
            let made = try await client.execute(
                uri: "/api/folders",
                method: .post,
                headers: json,
                body: #"{"name":"apples"}"#
            )
            #expect(made.status == .created)
        }
        let client = try await MemoryClient(place.opened().application(port: 80))
        let kept = try await client.execute(uri: "/api/folders", method: .get)
        let folders = try JSONDecoder().decode([String: [Folder]].self, from: kept.body)
        #expect(folders["folders"]?.map(\.name) == ["apples"])
    }

    @Test func streamsAreNotKeptBackByProxies() async throws {
        let place = try EmptyStudio()
        let client = try await MemoryClient(place.opened().application(port: 80))
        let reply = try await client.execute(uri: "/api/events", method: .head)
        #expect(reply.headers[try .named("X-Accel-Buffering")] == "no")
    }

    @Test(arguments: ["::1", "127.0.0.1", "localhost"])
    func addressesAreThoseThatAreListenedAt(_ host: String) throws {
        var place = try EmptyStudio()
        place.configuration.host = host
        let shown = host.contains(":") ? "[\(host)]" : host
        #expect(try place.opened().startAddress(port: 80) == "http://\(shown):80/")
    }

    /// Each interface refuses a field by the name that it was sent by, in the form its programs read.
    @Test(
        arguments: [
            ("/v1/images/generations", "n", ["11", "0", "-1", "1.5", #""x""#]),
            (
                "/v1/images/generations", "size",
                [#""64x4097""#, #""7x64""#, #""large""#, #""64x""#]
            ),
            ("/v1/images/generations", "quality", [#""weird""#, "3"]),
            ("/v1/images/generations", "output_compression", ["101", "-1"]),
            ("/v1/images/generations", "hue", ["1"]),
            ("/sdapi/v1/txt2img", "batch_size", ["65", "0", "-1", #""x""#, "{}"]),
            ("/sdapi/v1/txt2img", "n_iter", [#""x""#, "[1]", "9223372036854775807"]),
            ("/sdapi/v1/txt2img", "width", ["7", "4097", "-1", "9223372036854775807"]),
            ("/sdapi/v1/txt2img", "height", ["7", "true"]),
        ]
    )
    func errorsAreInTheInterfacesWords(uri: String, field: String, values: [String]) async throws {
        struct Body: Decodable {
            struct Content: Decodable { var message: String, param: String?, code: String? }
            var error: Content
        }
        struct Neighbour: Decodable { var error: String, detail: String, errors: String }
        let place = try EmptyStudio()
        let client = try await MemoryClient(place.opened().application(port: 80))
        for value in values {
            let reply = try await client.execute(
                uri: uri,
                method: .post,
                headers: json,
                body: #"{"prompt": "cat", "\#(field)": \#(value)}"#
            )
            #expect(reply.status.code == 400, "\(value)")
            guard uri.hasPrefix("/sdapi") else {
                let error = try JSONDecoder().decode(Body.self, from: reply.body).error
                #expect(error.param == field && error.code != nil, "\(value)")
                #expect(error.message.contains(field), "\(error.message)")
                continue
            }
            let error = try JSONDecoder().decode(Neighbour.self, from: reply.body)
            #expect(error.detail == "body.\(field): \(error.errors)")
            #expect(error.errors.contains(field) && !error.error.isEmpty, "\(error.errors)")
        }
    }

    @Test func everyRouteOfTheDocumentAnswers() async throws {
        struct Document: Decodable {
            struct Operation: Decodable {}
            var paths: [String: [String: Operation]]
        }
        let place = try EmptyStudio()
        let client = try await MemoryClient(place.opened().application(port: 80))
        let reply = try await client.execute(uri: "/openapi.json", method: .get)
        let document = try JSONDecoder().decode(Document.self, from: reply.body)
        #expect(document.paths.count > 30)
        for (path, operations) in document.paths where path != "/api/events" {
            let uri = path.replacingOccurrences(
                of: #"\{\w+\}"#,
                with: "01M8H57BPRZHXQV4QQA70WDRJM",
                options: .regularExpression
            )
            for method in operations.keys {
                let verb = try #require(HTTPRequest.Method(rawValue: method.uppercased()))
                let reply = try await client.execute(uri: uri, method: verb, headers: json)
                let text = String(decoding: reply.body, as: UTF8.self)
                #expect(!text.contains("nothing at this address"), "\(method) \(path)")
                #expect(reply.status != .methodNotAllowed, "\(method) \(path)")
            }
        }
    }
}
