import Foundation
import Hub
import Hummingbird

/// Routes of published models: what is known of, what is being fetched, what checksums say.
struct FetchRoutes {
    let parts: StudioParts

    /// A published model as pages see it.
    private struct Offer: Encodable {
        let model: KnownModel
        /// Whether its terms were agreed to.
        let agreed: Bool

        func encode(to encoder: any Encoder) throws {
            enum Keys: String, CodingKey { case agreed }
            try model.encode(to: encoder)
            var box = encoder.container(keyedBy: Keys.self)
            try box.encode(agreed, forKey: .agreed)
        }
    }

    private struct Listing: Encodable {
        let known: [Offer]
        let fetches: [FetchRecord]
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.get("fetches") { _, context in
            try parts.requireAdmin(context)
            var known: [Offer] = []
            for model in KnownModel.all {
                let agreed = await parts.fetches.hasAgreed(to: model.repository ?? "")
                known.append(Offer(model: model, agreed: agreed))
            }
            return try Response.json(Listing(known: known, fetches: try await parts.fetches.all()))
        }
        router.post("fetches") { request, context in
            struct Body: Decodable {
                var model: String
                var agree: Bool?
            }
            try parts.requireAdmin(context)
            try parts.checkDisk()
            let body = try await request.json(Body.self)
            try FieldRules.check(body.model, "model", 1...200)
            let record = try await parts.fetches.ask(body.model, agrees: body.agree ?? false)
            return try Response.json(record, status: .accepted)
        }
        router.delete("fetches/:id") { _, context in
            try parts.requireAdmin(context)
            let id = try context.identifier(
                "id",
                .missing("there is no such fetch", code: "fetch_not_found")
            )
            return try Response.json(try await parts.fetches.cancel(id))
        }
        router.post("fetches/prune") { _, context in
            try parts.requireAdmin(context)
            let cache = HubCache(try HubSettings().cache)
            return try Response.json(["freed": try await Task.detached { try cache.prune() }.value])
        }
        router.post("models/:id/verify") { _, context in
            try parts.requireAdmin(context)
            let id = try context.identifier("id", .missing("there is no such model"))
            let file = try await parts.models.file(of: id)
            let folder = URL(filePath: file ?? "").resolvingSymlinksInPath()
            let verdict = try await Task.detached { try HubCache.damaged(in: folder) }.value
            guard let verdict else {
                throw APIError.invalid(
                    "the model was not fetched, so there are no checksums to check it against",
                    parameter: "id"
                )
            }
            return try Response.json(verdict)
        }
    }
}
