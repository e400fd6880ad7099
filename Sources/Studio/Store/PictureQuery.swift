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
    /// Whose; nothing: everybody's.
    var owner: String?
    /// Only pictures older than this one.
    var cursor: String?
    var limit = 60

    /// A part of what was found.
    struct Page: Sendable {
        var pictures: [PictureView]
        var next: String?
        var total: Int
    }

    /// Looks, newest first, and gives addresses below a base.
    func page(below base: BasePath, in db: Database) throws -> Page {
        var (sql, arguments) = condition
        if let cursor {
            sql += words.isEmpty ? " AND picture.id < ?" : " AND pictureText.rowid < \(Self.place)"
            arguments += words.isEmpty ? [cursor] : [cursor, cursor]
        }
        let found = try PictureRecord.fetchAll(
            db,
            sql: "SELECT picture.* FROM \(source) WHERE \(sql) ORDER BY \(order) DESC LIMIT ?",
            arguments: StatementArguments(arguments + [limit + 1])
        )
        let isAll = cursor == nil && found.count <= limit
        return Page(
            pictures: try PictureView.all(Array(found.prefix(limit)), below: base, in: db),
            next: found.count > limit ? found[limit - 1].id : nil,
            total: isAll ? found.count : try count(in: db)
        )
    }

    /// How many there are; 1001 stands for more than a thousand.
    func count(in db: Database) throws -> Int {
        let (sql, arguments) = condition
        return try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM (SELECT 1 FROM \(source) WHERE \(sql) LIMIT 1001)",
            arguments: StatementArguments(arguments)
        ) ?? 0
    }

    /// Words that the index of texts knows: it has sequences of three letters.
    private var words: [Substring] { allWords.filter { $0.count >= 3 } }

    /// What stands between blanks; a zero byte would end the text of the index's question.
    private var allWords: ArraySlice<Substring> {
        (text ?? "").split { $0 == " " || $0 == "\0" }.prefix(8)
    }

    /// Where is looked: where there are words, what has them comes first, the newest before the rest, so
    /// that a page is full before all that have them are found.
    private var source: String {
        words.isEmpty
            ? "picture" : "pictureText CROSS JOIN picture ON picture.rowid = pictureText.rowid"
    }

    private var order: String { words.isEmpty ? "picture.id" : "pictureText.rowid" }

    /// The row after which a page begins, also where the picture is gone.
    private static let place = """
        coalesce(
            (SELECT rowid FROM picture WHERE id = ?),
            (SELECT rowid + 1 FROM picture WHERE id < ? ORDER BY id DESC LIMIT 1), 0)
        """

    /// What pictures must fulfil.
    private var condition: (sql: String, arguments: [any DatabaseValueConvertible]) {
        var sql = ["kind <> 'mask'", deleted ? "deleted IS NOT NULL" : "deleted IS NULL"]
        var arguments: [any DatabaseValueConvertible] = []
        func add(_ text: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            sql.append(text)
            arguments.append(value)
        }
        if !words.isEmpty {
            let phrases = words.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }
            add("pictureText MATCH ?", phrases.joined(separator: " AND "))
        }
        // What is shorter is looked for one by one.
        for word in allWords where word.count < 3 {
            add("picture.prompt LIKE ? ESCAPE '\\'", "%\(PictureQuery.escaped(word))%")
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
        add("owner = ?", owner)
        return (sql.joined(separator: " AND "), arguments)
    }

    private static func escaped(_ word: Substring) -> String {
        word.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "%", with: "\\%")
            .replacingOccurrences(of: "_", with: "\\_")
    }
}
