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
        var search: String?
        var count: Int
    }

    private struct Wish: Decodable {
        var name: String?
        var search: String?
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.get("folders") { _, _ in try Response.json(["folders": try await all()]) }
        router.post("folders") { request, _ in
            let wish = try await request.json(Wish.self)
            let folder = FolderRecord(
                id: Identifier.make(),
                name: try name(wish.name),
                search: wish.search,
                created: Date().timeIntervalSince1970
            )
            try await parts.store.write { try folder.insert($0) }
            return try Response.json(try await view(folder.id), status: .created)
        }
        router.patch("folders/:id") { request, context in
            let id = try context.identifier("id", .missing("there is no such folder"))
            let wish = try await request.json(Wish.self)
            let checked = try wish.name.map(name)
            try await parts.store.write { db in
                guard var folder = try FolderRecord.fetchOne(db, key: id) else {
                    throw APIError.missing("there is no such folder")
                }
                folder.name = checked ?? folder.name
                folder.search = wish.search ?? folder.search
                try folder.update(db)
            }
            return try Response.json(try await view(id))
        }
        router.delete("folders/:id") { _, context in
            let id = try context.identifier("id", .missing("there is no such folder"))
            try await parts.store.write { db in
                guard try FolderRecord.deleteOne(db, key: id) else {
                    throw APIError.missing("there is no such folder")
                }
                try db.execute(
                    sql: "UPDATE picture SET folder = NULL WHERE folder = ?",
                    arguments: [id]
                )
            }
            return try Response.json(["deleted": id])
        }
    }

    /// All folders by name.
    func all() async throws -> [View] {
        try await parts.store.read { db in
            try FolderRecord.order(Column("name")).fetchAll(db).map { folder in
                var query = PictureQuery()
                if let search = folder.search {
                    query.text = search
                } else {
                    query.folder = folder.id
                }
                let (sql, arguments) = query.condition
                let count = try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM (SELECT 1 FROM picture WHERE \(sql) LIMIT 1001)",
                    arguments: StatementArguments(arguments)
                )
                return View(
                    id: folder.id,
                    name: folder.name,
                    search: folder.search,
                    count: count ?? 0
                )
            }
        }
    }

    private func view(_ id: String) async throws -> View {
        guard let found = try await all().first(where: { $0.id == id }) else {
            throw APIError.missing("there is no such folder")
        }
        return found
    }

    private func name(_ text: String?) throws -> String {
        let name = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...100).contains(name.count) else {
            throw APIError.invalid("a folder's name has 1 to 100 characters", parameter: "name")
        }
        return name
    }
}
