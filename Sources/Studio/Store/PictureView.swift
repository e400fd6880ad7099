import Foundation
import GRDB
import Prompts

/// A picture as pages and programs see it.
struct PictureView: Codable, Sendable {
    var id: String
    @Nullable var job: String?
    var kind: String
    var index: Int
    var width: Int
    var height: Int
    var prompt: String
    var seed: String
    var model: String
    var digest: String
    var created: Double
    var liked: Bool
    var rating: Int
    @Nullable var folder: String?
    var parents: [String]
    var deleted: Bool
    var seconds: Double
    var url: String
    var shareURL: String
    /// Words of the prompt that others were drawn for.
    var readings: [WordReading]

    enum CodingKeys: String, CodingKey {
        case id, job, kind, index, width, height, prompt, seed, model, digest, created, liked
        case rating, folder, parents, deleted, seconds, url, readings
        case shareURL = "share_url"
    }

    /// A picture and what it was made from, with addresses below a base.
    init(_ picture: PictureRecord, parents: [String], below base: BasePath) {
        id = picture.id
        job = picture.job
        kind = picture.kind
        index = picture.number
        width = picture.width
        height = picture.height
        prompt = picture.prompt
        seed = picture.seed
        model = picture.model
        digest = picture.digest
        created = picture.created
        liked = picture.liked
        rating = picture.rating
        folder = picture.folder
        self.parents = parents
        deleted = picture.deleted != nil
        seconds = picture.seconds
        url = base.address("/api/pictures/\(picture.id)/file")
        shareURL = url + "?share=1"
        readings = PictureView.readings(of: picture.record)
    }

    /// What a drawing's record says of words that others were drawn for.
    private static func readings(of record: String) -> [WordReading] {
        struct Part: Decodable { var readings: [WordReading]? }
        // Most records have none: they are not read.
        guard record.contains("\"readings\"") else { return [] }
        return (try? JSONDecoder().decode(Part.self, from: Data(record.utf8)))?.readings ?? []
    }

    /// Pictures with what they were made from, and addresses below a base.
    static func all(
        _ pictures: [PictureRecord],
        below base: BasePath,
        in db: Database
    ) throws -> [PictureView] {
        guard !pictures.isEmpty else { return [] }
        let marks = databaseQuestionMarks(count: pictures.count)
        let rows = try DescentRecord.fetchAll(
            db,
            sql: "SELECT * FROM descent WHERE child IN (\(marks))",
            arguments: StatementArguments(pictures.map(\.id))
        )
        let parents = Dictionary(grouping: rows, by: \.child).mapValues { $0.map(\.parent) }
        return pictures.map { PictureView($0, parents: parents[$0.id] ?? [], below: base) }
    }
}
