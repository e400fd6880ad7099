import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Prompts
import Requests
import Settings

/// Routes of jobs and of the queue.
struct JobRoutes {
    let parts: StudioParts

    /// What is asked for, as a page sends it.
    struct Asking: Decodable, Sendable {
        var kind: PictureTask.Name?
        var prompt: String?
        var count: Int?
        var first: Int?
        var seed: SeedText?
        var model: String?
        var pictures: [String]?
        var mask: String?
        var region: Region?
        var numbers: TaskNumbers?
        var sampling: SamplingChanges?
        var size: Int?
        var enlarge: Int?
        var layout: PageLayout?
        var folder: String?
        var priority: Int?
        var draft: Bool?

        private enum CodingKeys: String, CodingKey {
            case kind, prompt, count, first, seed, model, pictures, mask
            case region, numbers, size, enlarge, layout, folder, priority, draft
            case sampling = "manner"
        }
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.post("read") { request, _ in
            struct Question: Decodable { var prompt: String, model: String? }
            let question = try await request.json(Question.self)
            try FieldRules.checkPrompt(question.prompt)
            let prompts = try Prompt.all(of: question.prompt, presets: PresetsFile.own.read())
            var answer = try await parts.models.ask(.read(question.prompt), of: question.model)
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
            let file = parts.store.file(of: question.picture).path
            return try Response.json(
                try await parts.models.ask(.describe(file), of: question.model)
            )
        }
        router.post("shorten") { request, _ in
            struct Question: Decodable { var prompt: String, model: String? }
            let question = try await request.json(Question.self)
            try FieldRules.checkPrompt(question.prompt)
            return try Response.json(
                try await parts.models.ask(.shorten(question.prompt), of: question.model)
            )
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
        let name = asking.kind ?? .imagine
        let isDraft = asking.draft ?? false
        var request = PictureRequest(
            try PictureTask(asked: name, asking.numbers),
            first: asking.first ?? 0,
            count: asking.count ?? (name.form.makesOne ? 1 : isDraft ? 24 : 4),
            pictures: asking.pictures ?? []
        )
        (request.model, request.mask, request.region) = (asking.model, asking.mask, asking.region)
        request.sampling = asking.sampling ?? SamplingChanges()
        (request.size, request.enlarge) = (asking.size, asking.enlarge ?? 1)
        request.layout = asking.layout
        request.previews = 3
        var job = JobRequest(request)
        (job.folder, job.draft) = (asking.folder, isDraft)
        return try await parts.enqueue(
            [(job, asking.prompt ?? "", asking.seed?.seed)],
            priority: asking.priority,
            owner: owner,
            key: key
        )
    }
}
