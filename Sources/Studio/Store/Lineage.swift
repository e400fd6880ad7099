import GRDB

/// What a picture was made from, and what was made from it.
struct Lineage: Encodable, Sendable {
    /// The pictures.
    var nodes: [PictureView]
    /// From parent to child, each.
    var edges: [[String]]

    /// The family of a picture as its owner sees it: at most 200 of it.
    init(of id: String, seenBy owner: String?, below base: BasePath, in db: Database) throws {
        var seen: Set<String> = [id]
        var edges: Set<[String]> = []
        var frontier = [id]
        while !frontier.isEmpty, seen.count < 200 {
            let marks = databaseQuestionMarks(count: frontier.count)
            let rows = try DescentRecord.fetchAll(
                db,
                sql: "SELECT * FROM descent WHERE child IN (\(marks)) OR parent IN (\(marks))",
                arguments: StatementArguments(frontier + frontier)
            )
            frontier = []
            for row in rows {
                edges.insert([row.parent, row.child])
                for other in [row.parent, row.child] where seen.insert(other).inserted {
                    frontier.append(other)
                }
            }
        }
        let pictures = try PictureRecord.found(seen, of: owner, in: db)
        nodes = try PictureView.all(pictures, below: base, in: db).sorted { $0.id < $1.id }
        let shown = Set(nodes.map(\.id))
        self.edges = edges.filter(shown.isSuperset).sorted { $0.lexicographicallyPrecedes($1) }
    }
}
