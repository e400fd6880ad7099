import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
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
        // In memory requests name no port, which is what port 80 looks like.
        try await place.opened().application(port: 81).test(.router) { client in
            try await client.execute(uri: "/healthz", method: .get) { response in
                #expect(response.status == .misdirectedRequest)
                #expect(response.headers[policy]?.contains("frame-ancestors 'none'") == true)
                #expect(response.headers[identifier]?.count == 26)
            }
        }
    }

    @Test(arguments: ["null", "http://evil.example", "http://localhost.evil.example"])
    func foreignOriginsAreRefused(_ origin: String) async throws {
        let place = try EmptyStudio()
        try await place.opened().application(port: 80).test(.router) { client in
            try await client.execute(
                uri: "/api/folders",
                method: .post,
                headers: [.contentType: "application/json", .origin: origin],
                body: ByteBuffer(string: #"{"name":"a"}"#)
            ) { #expect($0.status == .forbidden) }
            try await client.execute(
                uri: "/api/folders",
                method: .post,
                headers: [.contentType: "application/json", .origin: "http://localhost"],
                body: ByteBuffer(string: #"{"name":"a"}"#)
            ) { #expect($0.status == .created) }
        }
    }

    @Test func onlyJSONIsRead() async throws {
        let place = try EmptyStudio()
        try await place.opened().application(port: 80).test(.router) { client in
            for type in [
                "text/plain", "application/x-www-form-urlencoded", "text/plain; charset=utf-8",
            ] {
                try await client.execute(
                    uri: "/api/jobs",
                    method: .post,
                    headers: [.contentType: type],
                    body: ByteBuffer(string: #"{"prompt":"a"}"#)
                ) { #expect($0.status == .unsupportedMediaType) }
            }
            try await client.execute(
                uri: "/api/jobs",
                method: .post,
                headers: json,
                body: ByteBuffer(string: "{")
            ) { #expect($0.status == .badRequest) }
        }
    }

    @Test func folderStaysOutOfPicturesWays() async throws {
        let place = try EmptyStudio()
        try await place.opened().application(port: 80).test(.router) { client in
            for path in ["..%2f..%2fetc%2fpasswd", "%00", "01M8H57BPRZHXQV4QQA70WDRJ", "a/b"] {
                try await client.execute(uri: "/api/pictures/\(path)/file", method: .get) {
                    #expect($0.status == .notFound)
                }
                try await client.execute(uri: "/page/\(path)", method: .get) {
                    #expect($0.status == .notFound)
                }
            }
        }
    }

    @Test func everyRouteOfTheDocumentAnswers() async throws {
        struct Document: Decodable {
            struct Operation: Decodable {}
            var paths: [String: [String: Operation]]
        }
        let place = try EmptyStudio()
        try await place.opened().application(port: 80).test(.router) { client in
            let document = try await client.execute(uri: "/openapi.json", method: .get) {
                try JSONDecoder().decode(Document.self, from: Data(buffer: $0.body))
            }
            #expect(document.paths.count > 30)
            for (path, operations) in document.paths where path != "/api/events" {
                let uri = path.replacingOccurrences(
                    of: #"\{\w+\}"#,
                    with: "01M8H57BPRZHXQV4QQA70WDRJM",
                    options: .regularExpression
                )
                for method in operations.keys {
                    let verb = try #require(HTTPRequest.Method(rawValue: method.uppercased()))
                    try await client.execute(uri: uri, method: verb, headers: json) { response in
                        let text = String(buffer: response.body)
                        #expect(!text.contains("nothing at this address"), "\(method) \(path)")
                        #expect(response.status != .methodNotAllowed, "\(method) \(path)")
                    }
                }
            }
        }
    }
}
