import Foundation
import GRDB
import Hummingbird
import Imaging
import NIOCore
import ServiceLifecycle

/// Waits for jobs in the name of a client that wants their pictures at once.
struct JobWaiting: Sendable {
    let parts: StudioParts
    let jobs: [String]
    let events: AsyncStream<StudioEvent>
    let form: ImageForm

    /// Waits until all jobs have ended.
    ///
    /// - Returns: The answer.
    /// - Throws: `APIError` for the first job that failed.
    func response() async throws -> ImageForm.Answer {
        try await follow { _ in }
        var items: [ImageForm.Item] = []
        var size = ""
        for (picture, data) in try await finished() {
            let parent = try await parent(of: picture.id)
            items.append(try form.item(picture, data, links: parts.links, parent: parent))
            size = "\(picture.width)x\(picture.height)"
        }
        return form.answer(items, size: size)
    }

    /// Writes previews, then finished pictures, then the end; an error is the last event.
    func stream(to writer: inout any ResponseBodyWriter) async throws {
        do {
            // The client gives up where nothing comes for long.
            var partials = 0
            for try await preview in previews() {
                guard let data = try? Data(contentsOf: preview),
                    let size = try? Picture(decoding: data, name: "preview")
                else { continue }
                let text = try form.event(
                    data,
                    size: "\(size.width)x\(size.height)",
                    partial: partials
                )
                partials += 1
                try await writer.write(ByteBuffer(string: text))
            }
            for (picture, data) in try await finished() {
                let text = try form.event(
                    data,
                    size: "\(picture.width)x\(picture.height)",
                    partial: nil,
                    of: picture
                )
                try await writer.write(ByteBuffer(string: text))
            }
        } catch let error as APIError {
            let body = try StudioJSON.text(error.inFields.body(id: ""))
            try await writer.write(ByteBuffer(string: "event: error\ndata: \(body)\n\n"))
        }
        try await writer.finish(nil)
    }

    /// Files of previews until all jobs have ended.
    private func previews() -> AsyncThrowingStream<URL, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    try await follow { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func follow(_ show: (URL) -> Void) async throws {
        struct Preview: Decodable { var index: Int }
        var open = try await stillOpen()
        if open.isEmpty { return }
        for await event in events.cancelOnGracefulShutdown() {
            guard let job = event.job, open.contains(job) else { continue }
            switch event.name {
            case "job.preview":
                if let preview = try? JSONDecoder().decode(
                    Preview.self,
                    from: Data(event.data.utf8)
                ),
                    let file = await parts.queue.preview(job, String(preview.index)),
                    file.lastPathComponent.contains("preview")
                {
                    show(file)
                }
            case "job.done", "job.failed", "job.cancelled", "job.blocked":
                open = try await stillOpen()
                if open.isEmpty { return }
            default: break
            }
        }
        throw APIError(
            status: .serviceUnavailable,
            message: "the studio is stopping; the job stays in the queue",
            type: "server_error",
            code: "server_error"
        )
    }

    /// Jobs that have not ended.
    private func stillOpen() async throws -> Set<String> {
        let states = try await records()
        for job in states where job.state.isFinal && job.state != .done {
            throw JobWaiting.error(job)
        }
        return Set(states.filter { !$0.state.isFinal }.map(\.id))
    }

    private func records() async throws -> [JobRecord] {
        try await parts.store.read { try JobRecord.fetchAll($0, keys: jobs) }
    }

    private func finished() async throws -> [(PictureRecord, Data)] {
        let pictures = try await parts.store.read { db in
            try PictureRecord.fetchAll(
                db,
                sql: """
                    SELECT * FROM picture WHERE job IN (\(databaseQuestionMarks(count: jobs.count)))
                    ORDER BY job, number
                    """,
                arguments: StatementArguments(jobs)
            )
        }
        return try pictures.map { ($0, try Data(contentsOf: parts.store.file(of: $0.id))) }
    }

    private func parent(of picture: String) async throws -> String? {
        try await parts.store.read { db in
            try String.fetchOne(
                db,
                sql: "SELECT parent FROM descent WHERE child = ? LIMIT 1",
                arguments: [picture]
            )
        }
    }

    private static func error(_ job: JobRecord) -> APIError {
        let message = job.message ?? "the job was cancelled"
        if job.state == .blocked {
            return .blocked(
                message,
                categories: job.categories?.split(separator: ",").map(String.init) ?? [],
                stage: "output"
            )
        }
        let isOurs = ["server_error", "worker_ended", nil].contains(job.code)
        return APIError(
            status: isOurs ? .internalServerError : .badRequest,
            message: message,
            type: isOurs ? "server_error" : "invalid_request_error",
            code: job.code ?? "cancelled"
        )
    }
}
