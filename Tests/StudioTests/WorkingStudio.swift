import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Studio
import Testing

/// A studio whose worker is a shell script that draws nothing: what it is asked for decides what it does.
///
/// `die` ends it in the middle, `fail` is refused, `slow` takes a second; everything else gives one picture.
final class WorkingStudio: Sendable {
    private static let script = """
        #!/bin/sh
        say() { printf '%s\\n' "$1"; }
        say '{"id":"","event":"ready"}'
        while IFS= read -r line; do
            id=$(printf '%s' "$line" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
            case $line in
                *'"question":"inspect"'*)
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"answer\\",\\"answer\\":{\\"model\\":{\\"family\\":\\"tokens\\",\\"recipe\\":\\"emoji\\",\\"set\\":\\"emoji\\",\\"images\\":1,\\"width\\":64,\\"height\\":64,\\"channels\\":4,\\"classNames\\":[],\\"takesText\\":true,\\"repairs\\":false,\\"digest\\":\\"d\\"}}}"
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"done\\"}" ;;
                *'"question"'*)
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"answer\\",\\"answer\\":{}}"
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"done\\"}" ;;
                *'"prompt":"die'*)
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"progress\\",\\"share\\":0.5}"
                    exit 9 ;;
                *'"prompt":"fail'*)
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"failed\\",\\"message\\":\\"no such thing\\",\\"code\\":\\"invalid_value\\"}" ;;
                *)
                    case $line in *'"prompt":"slow'*) sleep 1 ;; esac
                    folder=$(printf '%s' "$line" | sed 's/.*"folder":"\\([^"]*\\)".*/\\1/; s:\\\\/:/:g')
                    printf 'a picture' >"$folder/0.png"
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"picture\\",\\"index\\":0,\\"file\\":\\"$folder/0.png\\",\\"width\\":64,\\"height\\":64,\\"record\\":\\"{}\\"}"
                    say "{\\"id\\":\\"$id\\",\\"event\\":\\"done\\"}" ;;
            esac
        done
        """

    private let folder: URL
    let configuration: StudioConfiguration

    /// A studio over a fresh folder; nothing runs yet.
    init(change: (inout StudioConfiguration) -> Void = { _ in }) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "studio-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let worker = folder.appending(path: "worker")
        try Data(WorkingStudio.script.utf8).write(to: worker)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: worker.path
        )
        var configuration = StudioConfiguration(
            data: folder.appending(path: "data"),
            runs: folder.appending(path: "runs"),
            models: folder.appending(path: "models"),
            program: worker.path,
            version: "test"
        )
        configuration.port = 0
        change(&configuration)
        self.configuration = configuration
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs it while the body asks in memory.
    func run(_ body: (JobClient) async throws -> Void) async throws {
        let studio = try Studio(
            configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let (opened, tell) = AsyncStream<Void>.makeStream()
        let running = Task {
            defer { tell.finish() }
            try await studio.run(heedsSignals: false) { _ in tell.finish() }
        }
        for await _ in opened {}
        do {
            try await body(JobClient(try await MemoryClient(studio.application(port: 80))))
        } catch {
            running.cancel()
            _ = try? await running.value
            throw error
        }
        running.cancel()
        _ = try? await running.value
    }
}

/// Asks a studio for jobs and pictures.
struct JobClient {
    /// A job, as far as tests look at it.
    struct Job: Decodable, Equatable {
        struct Problem: Decodable, Equatable { var message: String, code: String }
        var id: String
        var state: String
        var position: Int
        var pictures: [String]
        var error: Problem?
    }

    private let execute:
        (String, HTTPRequest.Method, HTTPFields, String) async throws -> (HTTPResponse.Status, Data)

    init<App: ApplicationProtocol>(_ client: MemoryClient<App>) {
        execute = { uri, method, headers, body in
            let reply = try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: body
            )
            return (reply.status, reply.body)
        }
    }

    /// Asks, and gives the status and the body.
    func ask(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ body: String = "",
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, body: Data) {
        var headers = headers
        if method != .get { headers[.contentType] = "application/json" }
        let (status, data) = try await execute(uri, method, headers, body)
        return (status.code, data)
    }

    /// Asks for a picture of a prompt.
    func add(_ prompt: String, _ more: String = "", headers: HTTPFields = [:]) async throws -> Job {
        struct Jobs: Decodable { var jobs: [Job] }
        let reply = try await ask(
            .post,
            "/api/jobs",
            #"{"prompt":"\#(prompt)","count":1\#(more)}"#,
            headers: headers
        )
        try #require(reply.status == 202, "\(String(decoding: reply.body, as: UTF8.self))")
        return try #require(try JSONDecoder().decode(Jobs.self, from: reply.body).jobs.first)
    }

    /// A job as it stands.
    func job(_ id: String) async throws -> Job {
        try JSONDecoder().decode(Job.self, from: try await ask(.get, "/api/jobs/\(id)").body)
    }

    /// A job once it has ended.
    func ended(_ id: String) async throws -> Job {
        for _ in 0..<400 {
            let job = try await job(id)
            if !["queued", "running"].contains(job.state) { return job }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await job(id)
    }
}
