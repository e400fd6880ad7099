import Foundation
import HTTPTypes
import Hummingbird

/// Routes of models.
struct ModelRoutes {
    let parts: StudioParts

    func add(to router: RouterGroup<StudioContext>) {
        router.get("models") { _, _ in
            try Response.json(
                Listing(
                    models: try await parts.models.all().map(ModelView.init),
                    onDisk: try await parts.models.untaken(),
                    updates: parts.models.updates()
                )
            )
        }
        router.post("models") { request, context in
            try parts.requireAdmin(context)
            try parts.checkDisk()
            if request.headers[.contentType]?.hasPrefix("application/json") == true {
                struct Body: Decodable { var run: String?, onDisk: String? }
                let body = try await request.json(Body.self)
                if let name = body.onDisk {
                    return try Response.json(
                        ModelView(try await parts.models.add(onDisk: name))
                    )
                }
                guard let run = body.run else {
                    throw APIError.invalid("expected 'run' or 'onDisk'", parameter: "run")
                }
                let record = try await parts.training.record(run)
                let set = await parts.sets.name(learnedBy: record)
                return try Response.json(
                    ModelView(try await parts.models.add(run: record.folder.url, name: set))
                )
            }
            let name = try name(request.query("name") ?? "model")
            let data = try await request.bytes(limit: 256 << 20, what: "the file")
            return try Response.json(
                ModelView(try await parts.models.add(data, name: name)),
                status: .created
            )
        }
        router.patch("models/:id") { request, context in
            struct Change: Decodable { var name: String?, isDefault: Bool? }
            try parts.requireAdmin(context)
            let id = try context.identifier("id", .missing("there is no such model"))
            let change = try await request.json(Change.self)
            return try Response.json(
                ModelView(
                    try await parts.models.change(
                        id,
                        name: try change.name.map(name),
                        isDefault: change.isDefault
                    )
                )
            )
        }
        router.delete("models/:id") { _, context in
            try parts.requireAdmin(context)
            let id = try context.identifier("id", .missing("there is no such model"))
            try await parts.models.remove(id)
            return try Response.json(["deleted": id])
        }
    }

    private struct Listing: Encodable {
        let models: [ModelView]
        let onDisk: [ModelOnDisk]
        let updates: [UpdatesOnDisk]
    }

    private func name(_ text: String) throws -> String {
        try FieldRules.name(text, most: 80, forbidden: ["/"])
    }
}
