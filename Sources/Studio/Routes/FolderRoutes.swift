import Foundation
import GRDB
import HTTPTypes
import Hummingbird

/// Routes of folders; deleting one never deletes a picture.
struct FolderRoutes {
    let parts: StudioParts

    /// A folder as pages see it.
    struct View: Codable, Sendable {
        var id: String
        var name: String
        @Nullable var search: String?
        var count: Int
    }

    private struct Body: Decodable {
        var name: String?
        var search: String?
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.get("folders") { _, context in
            try Response.json(["folders": try await all(of: parts.scope(context))])
        }
        router.post("folders") { request, context in
            let body = try await request.json(Body.self)
            guard let name = body.name else {
                throw APIError.invalid(
                    "'name' is missing",
                    parameter: "name",
                    code: "missing_required_parameter"
                )
            }
            let folder = FolderRecord(
                id: Identifier.make(),
                name: try FieldRules.name(name),
                search: try search(body.search),
                created: Date().timeIntervalSince1970,
                owner: context.owner
            )
            try await parts.store.write { try folder.insert($0) }
            return try Response.json(try await view(folder.id, context), status: .created)
        }
        router.patch("folders/:id") { request, context in
            let id = try context.identifier("id", .missing("there is no such folder"))
            let body = try await request.json(Body.self)
            let name = try body.name.map { try FieldRules.name($0) }
            let search = try search(body.search)
            let owner = parts.scope(context)
            try await parts.store.write { db in
                var folder = try FolderRecord.found(id, of: owner, in: db)
                folder.name = name ?? folder.name
                folder.search = search ?? folder.search
                try folder.update(db)
            }
            return try Response.json(try await view(id, context))
        }
        router.delete("folders/:id") { _, context in
            let id = try context.identifier("id", .missing("there is no such folder"))
            let owner = parts.scope(context)
            try await parts.store.write { db in
                try FolderRecord.found(id, of: owner, in: db).delete(db)
                try db.execute(
                    sql: "UPDATE picture SET folder = NULL WHERE folder = ?",
                    arguments: [id]
                )
            }
            return try Response.json(["deleted": id])
        }
    }

    /// All folders of a user, or of all, by name.
    func all(of owner: String?) async throws -> [View] {
        try await parts.store.read { db in
            var folders = FolderRecord.order(Column("name"))
            if let owner { folders = folders.filter(Column("owner") == owner) }
            return try folders.fetchAll(db).map { folder in
                var query = PictureQuery()
                query.owner = owner
                if let search = folder.search {
                    query.text = search
                } else {
                    query.folder = folder.id
                }
                return View(
                    id: folder.id,
                    name: folder.name,
                    search: folder.search,
                    count: try query.count(in: db)
                )
            }
        }
    }

    private func view(_ id: String, _ context: StudioContext) async throws -> View {
        guard let found = try await all(of: parts.scope(context)).first(where: { $0.id == id })
        else {
            throw APIError.missing("there is no such folder")
        }
        return found
    }

    private func search(_ text: String?) throws -> String? {
        if let text { try FieldRules.check(text, "search", 0...1000) }
        return text
    }
}
