import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Prompts
import Runs

/// Routes of jobs and of the queue.
struct JobRoutes {
    let parts: StudioParts

    /// What is asked for, as a page sends it.
    struct Asking: Decodable, Sendable {
        var kind: JobKind?
        var prompt: String?
        var count: Int?
        var first: Int?
        var seed: SeedText?
        var model: String?
        var pictures: [String]?
        var mask: String?
        var numbers: [String: Double]?
        var size: Int?
        var folder: String?
        var priority: Int?
        var draft: Bool?
    }

    /// The key of all random numbers as a number or, for JavaScript's sake, a text.
    struct SeedText: Decodable, Sendable {
        var text: String

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            let number =
                (try? box.decode(UInt64.self)) ?? UInt64((try? box.decode(String.self)) ?? "")
            guard let number else {
                throw DecodingError.dataCorruptedError(
                    in: box,
                    debugDescription: "expected a whole number from 0 to \(UInt64.max)"
                )
            }
            text = String(number)
        }
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.post("read") { request, _ in
            struct Question: Decodable { var prompt: String, model: String? }
            let question = try await request.json(Question.self)
            try FieldRules.checkPrompt(question.prompt)
            let prompts = try Prompt.all(of: question.prompt, presets: PresetsFile.own.read())
            var order = WorkerOrder(.read, id: Identifier.make(), prompt: question.prompt)
            order.model = try await parts.models.path(of: question.model)
            var answer = try await parts.models.ask(order)
            answer.refused = answer.refused.map(ModelShelf.withoutPriorities)
            answer.prompts = prompts.map(\.typed)
            return try Response.json(answer)
        }
        router.post("describe") { request, context in
            struct Question: Decodable { var picture: String, model: String? }
            let question = try await request.json(Question.self)
            try await parts.checkPictures(
                [question.picture],
                of: parts.scope(context),
                in: "picture"
            )
            var order = WorkerOrder(.describe, id: Identifier.make())
            order.pictures = [parts.store.file(of: question.picture).path]
            order.model = try await parts.models.path(of: question.model)
            return try Response.json(try await parts.models.ask(order))
        }
        router.post("shorten") { request, _ in
            struct Question: Decodable { var prompt: String, model: String? }
            let question = try await request.json(Question.self)
            try FieldRules.checkPrompt(question.prompt)
            var order = WorkerOrder(.shorten, id: Identifier.make(), prompt: question.prompt)
            order.model = try await parts.models.path(of: question.model)
            return try Response.json(try await parts.models.ask(order))
        }
        router.post("jobs") { request, context in
            let data = try await request.jsonData()
            let asking = try JSONReader.read(data).value(Asking.self)
            let key = RequestKey(of: request, body: [data])
            let jobs = try await ask(asking, owner: context.owner, key: key)
            return try Response.json(["jobs": try await parts.queue.views(jobs)], status: .accepted)
        }
        router.get("jobs") { request, context in
            let states = request.query("state")?.split(separator: ",").map(String.init) ?? []
            let limit = min(max(request.query("limit").flatMap(Int.init) ?? 100, 1), 1000)
            let owner = parts.scope(context)
            let jobs = try await parts.store.read { db in
                var jobs = JobRecord.order(Column("id").desc).limit(limit)
                if !states.isEmpty { jobs = jobs.filter(states.contains(Column("state"))) }
                if let owner { jobs = jobs.filter(Column("owner") == owner) }
                return try jobs.fetchAll(db)
            }
            return try Response.json(["jobs": try await parts.queue.views(jobs)])
        }
        router.delete("jobs") { _, context in
            try Response.json([
                "cancelled": try await parts.queue.cancelAll(of: parts.scope(context))
            ])
        }
        router.post("jobs/order") { request, context in
            struct Order: Decodable { var ids: [String] }
            let order = try await request.json(Order.self)
            return try Response.json(
                try await parts.queue.reorder(order.ids, owner: parts.scope(context))
            )
        }
        router.patch("queue") { request, context in
            try parts.requireAdmin(context)
            struct Change: Decodable { var paused: Bool }
            return try Response.json(
                try await parts.queue.pause(try await request.json(Change.self).paused)
            )
        }
        router.get("queue") { _, _ in try Response.json(try await parts.queue.order()) }
        router.get("jobs/:id") { _, context in
            let job = try await job(context)
            return try Response.json(try await parts.queue.views([job])[0])
        }
        router.delete("jobs/:id") { _, context in
            let job = try await parts.queue.cancel(try await job(context).id)
            return try Response.json(try await parts.queue.views([job])[0])
        }
        router.post("jobs/:id/retry") { _, context in
            let job = try await parts.queue.retry(try await job(context).id)
            return try Response.json(try await parts.queue.views([job])[0])
        }
        router.get("jobs/:id/preview/:index") { _, context in
            let id = try await job(context).id
            guard let index = context.parameters.get("index", as: Int.self) else {
                throw APIError.missing("there is no such preview")
            }
            if let file = await parts.queue.preview(id, String(index)),
                let data = try? Data(contentsOf: file)
            {
                return Response.bytes(data, type: "image/png")
            }
            // Who asks a moment too late gets what the preview has become.
            let finished = try await parts.store.read { db in
                try PictureRecord.filter(Column("job") == id && Column("number") == index)
                    .fetchOne(db)
            }
            guard let finished, let data = try? Data(contentsOf: parts.store.file(of: finished.id))
            else { throw APIError.missing("there is no such preview") }
            return Response.bytes(data, type: "image/png")
        }
    }

    private func job(_ context: StudioContext) async throws -> JobRecord {
        let id = try context.identifier("id", .noJob)
        let owner = parts.scope(context)
        let job = try await parts.store.read { try JobRecord.fetchOne($0, key: id) }
        guard let job, owner == nil || job.owner == owner else { throw APIError.noJob }
        return job
    }

    /// Checks what is asked for and takes it in.
    func ask(_ asking: Asking, owner: String, key: RequestKey?) async throws -> [JobRecord] {
        let kind = asking.kind ?? .imagine
        var request = JobRequest()
        request.draft = asking.draft ?? false
        request.count = asking.count ?? (request.draft ? 24 : 4)
        request.first = asking.first ?? 0
        request.model = asking.model
        request.pictures = asking.pictures ?? []
        request.mask = asking.mask
        request.numbers = asking.numbers ?? [:]
        request.size = asking.size
        request.folder = asking.folder
        return try await parts.enqueue(
            request,
            kind: kind,
            prompt: asking.prompt ?? "",
            seed: asking.seed?.text,
            priority: asking.priority,
            owner: owner,
            key: key
        )
    }
}
