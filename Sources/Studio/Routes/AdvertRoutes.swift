import Foundation
import Hummingbird
import Prompts
import Requests

/// The route of advertisements: a page of an exact size for each line of a table.
struct AdvertRoutes {
    let parts: StudioParts

    /// A table, and what holds where it does not say.
    private struct Asking: Decodable, Sendable {
        /// Comma-separated values, a line of names first.
        var table: String
        var size: String?
        var seed: SeedText?
        var model: String?
        var folder: String?
        var priority: Int?
    }

    /// Jobs that were taken in, and columns of the table that meant nothing.
    private struct Answer: Encodable {
        let jobs: [JobView]
        let ignored: [String]
    }

    /// Most lines of a table.
    private static let mostLines = 500

    func add(to router: RouterGroup<StudioContext>) {
        router.post("adverts") { request, context in
            let data = try await request.jsonData()
            let asking = try JSONReader.read(data).value(Asking.self)
            let key = RequestKey(of: request, body: [data])
            return try await answer(asking, owner: context.owner, key: key)
        }
    }

    /// Reads the whole table before anything is drawn.
    private func answer(_ asking: Asking, owner: String, key: RequestKey?) async throws -> Response
    {
        let table = try PromptTable(asking.table, name: "table", others: Advert.columns)
        guard (1...Self.mostLines).contains(table.rows.count) else {
            throw APIError.invalid(
                "'table' has \(table.rows.count) lines of prompts, expected 1 to \(Self.mostLines)",
                parameter: "table"
            )
        }
        let adverts = try Advert.all(
            of: table,
            size: asking.size ?? Advert.usualSize,
            seed: asking.seed?.seed ?? UInt64.random(in: 0...4_294_967_295),
            presets: try PresetsFile.own.read()
        )
        let jobs = try await parts.enqueue(
            adverts.map { advert in
                var job = JobRequest(advert.request)
                job.pictures.model = asking.model
                job.folder = asking.folder
                return (job, advert.request.prompt?.typed ?? "", advert.request.seed)
            },
            priority: asking.priority,
            owner: owner,
            key: key
        )
        let answer = Answer(jobs: try await parts.queue.views(jobs), ignored: table.ignored)
        return try Response.json(answer, status: .accepted)
    }
}
