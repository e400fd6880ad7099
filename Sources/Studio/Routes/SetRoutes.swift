import Foundation
import HTTPTypes
import Hummingbird

/// Routes of pictures of people's own that runs learn from.
struct SetRoutes {
    let parts: StudioParts

    func add(to router: RouterGroup<StudioContext>) {
        router.get("sets") { _, context in
            try parts.requireAdmin(context)
            return try Response.json(["sets": await parts.sets.all()])
        }
        router.post("sets") { request, context in
            struct Body: Decodable { var name: String }
            try parts.requireAdmin(context)
            try parts.checkDisk()
            let name = try FieldRules.name(try await request.json(Body.self).name, most: 80)
            return try Response.json(try await parts.sets.make(name: name), status: .created)
        }
        router.get("sets/:id") { _, context in
            try await Response.json(parts.sets.set(try id(context)))
        }
        router.delete("sets/:id") { _, context in
            let id = try id(context)
            try await parts.sets.remove(id)
            return try Response.json(["deleted": id])
        }
        router.post("sets/:id/pictures") { request, context in
            let id = try id(context)
            try parts.checkDisk()
            _ = try await parts.sets.set(id)
            let name = request.query("name") ?? "picture"
            try FieldRules.check(name, "name", 1...400)
            let data = try await request.bytes(
                limit: UploadedPicture.mostBytes,
                what: "the picture"
            )
            let upload = try UploadedPicture(data, name: LogText.short(name, 80))
            return try Response.json(
                ["name": try await parts.sets.add(upload, name: name, to: id)],
                status: .created
            )
        }
        router.put("sets/:id/captions") { request, context in
            let id = try id(context)
            let captions = try await request.json([String: String].self, limit: 4 << 20)
            return try Response.json(try await parts.sets.caption(captions, in: id))
        }
        router.put("sets/:id/archive") { request, context in
            let id = try id(context)
            try parts.checkDisk()
            _ = try await parts.sets.set(id)
            let data = try await request.bytes(
                limit: PictureSets.mostArchiveBytes,
                what: "the archive"
            )
            return try Response.json(try await parts.sets.keep(archive: data, in: id))
        }
        router.post("sets/:id/check") { _, context in
            try Response.json(
                try await parts.sets.looked(at: try id(context), recipe: "my-pictures")
            )
        }
    }

    private func id(_ context: StudioContext) throws -> String {
        try parts.requireAdmin(context)
        return try context.identifier(
            "id",
            .missing("there is no such set", code: "set_not_found")
        )
    }
}
