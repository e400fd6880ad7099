import Foundation
import GRDB

/// Which pictures are looked for.
struct PictureQuery: Codable, Sendable {
    var text: String?
    var model: String?
    var kind: String?
    var from: Double?
    var until: Double?
    var seed: String?
    var liked: Bool?
    var rating: Int?
    var folder: String?
    var deleted = false
    /// Only pictures older than this one.
    var cursor: String?
    var limit = 60

    /// A part of what was found.
    struct Page: Sendable {
        var pictures: [PictureView]
        var next: String?
        var total: Int
    }

    /// Looks, newest first.
    func page(in db: Database) throws -> Page {
        var (sql, arguments) = condition
        let total = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM (SELECT 1 FROM picture WHERE \(sql) LIMIT 1001)",
            arguments: StatementArguments(arguments)
        )
        if let cursor {
            sql += " AND picture.id < ?"
            arguments.append(cursor)
        }
        let found = try PictureRecord.fetchAll(
            db,
            sql: "SELECT * FROM picture WHERE \(sql) ORDER BY id DESC LIMIT ?",
            arguments: StatementArguments(arguments + [limit + 1])
        )
        return Page(
            pictures: try PictureView.all(Array(found.prefix(limit)), in: db),
            next: found.count > limit ? found[limit - 1].id : nil,
            total: total ?? 0
        )
    }

    /// What pictures must fulfil.
    var condition: (sql: String, arguments: [any DatabaseValueConvertible]) {
        var sql = ["kind <> 'mask'", deleted ? "deleted IS NOT NULL" : "deleted IS NULL"]
        var arguments: [any DatabaseValueConvertible] = []
        func add(_ text: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            sql.append(text)
            arguments.append(value)
        }
        for word in (text ?? "").split(separator: " ").prefix(8) {
            // The index knows sequences of three letters; what is shorter is looked for one by one.
            if word.count >= 3 {
                add(
                    "rowid IN (SELECT rowid FROM pictureText WHERE pictureText MATCH ?)",
                    "\"\(word.replacingOccurrences(of: "\"", with: "\"\""))\""
                )
            } else {
                add("prompt LIKE ? ESCAPE '\\'", "%\(PictureQuery.escaped(word))%")
            }
        }
        add("model = ?", model)
        add("kind = ?", kind)
        // Ids begin with the time, and have the index.
        add("id >= ?", from.map { Identifier.first(at: $0) })
        add("id < ?", until.map { Identifier.first(at: $0) })
        add("seed = ?", seed)
        if liked == true { sql.append("liked") }
        add("rating >= ?", rating)
        add("folder = ?", folder)
        return (sql.joined(separator: " AND "), arguments)
    }

    private static func escaped(_ word: Substring) -> String {
        word.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "%", with: "\\%")
            .replacingOccurrences(of: "_", with: "\\_")
    }
}
