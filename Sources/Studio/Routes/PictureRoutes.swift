import Foundation
import GRDB
import Hummingbird
import Imaging

/// Routes of the gallery.
struct PictureRoutes {
    let parts: StudioParts
    private var base: BasePath { parts.configuration.basePath }

    func add(to router: RouterGroup<StudioContext>) {
        router.get("pictures") { request, context in
            let query = try await query(request, context)
            let page = try await parts.store.read { try query.page(below: base, in: $0) }
            return try Response.json(
                Found(pictures: page.pictures, next: page.next, total: page.total)
            )
        }
        router.post("pictures/batch") { request, context in
            struct Batch: Decodable { var ids: [String] }
            let body = try JSONReader.read(await request.jsonData())
            let ids = try body.value(Batch.self).ids
            let change = try body.value(PictureChange.self)
            return try Response.json(["pictures": try await apply(change, to: ids, context)])
        }
        router.post("pictures/zip") { request, context in
            struct Batch: Decodable { var ids: [String] }
            let ids = try await request.json(Batch.self).ids
            let pictures = try await records(ids, context)
            let archive = try PictureArchive.data(
                pictures.map { ("\($0.id).png", parts.store.file(of: $0.id)) }
            )
            var response = Response.bytes(archive, type: "application/zip")
            response.headers[.contentDisposition] = "attachment; filename=\"pictures.zip\""
            return response
        }
        router.post("pictures/sprites") { request, context in
            let body = try await request.json(SpriteBody.self)
            let pictures = try await records(body.ids, context)
            let archive = try body.archive(
                of: pictures.map { ($0.id, $0.width * $0.height, parts.store.file(of: $0.id)) }
            )
            var response = Response.bytes(archive, type: "application/zip")
            response.headers[.contentDisposition] = "attachment; filename=\"sprites.zip\""
            return response
        }
        router.get("pictures/:id") { _, context in
            let id = try context.identifier()
            let picture = try await record(id, context)
            let owner = parts.scope(context)
            let view = try await parts.store.read {
                try PictureView.all([picture], below: base, in: $0)[0]
            }
            let lineage = try await parts.store.read {
                try Lineage(of: id, seenBy: owner, below: base, in: $0)
            }
            let metadata = try? PictureMetadata(contentsOf: parts.store.file(of: id))
            return try Response.json(
                Details(
                    picture: view,
                    record: RawJSON(text: picture.record),
                    parameters: metadata?.parameters ?? "",
                    lineage: lineage
                )
            )
        }
        router.get("pictures/:id/file") { request, context in
            let picture = try await record(try context.identifier(), context)
            let data = try file(of: picture)
            guard request.query("share") != "1" else {
                return Response.picture(
                    try PictureSharing.shared(data),
                    attachment: "\(picture.id).png"
                )
            }
            return Response.picture(
                data,
                attachment: request.query("download") == "1" ? "\(picture.id).png" : nil
            )
        }
        router.patch("pictures/:id") { request, context in
            let id = try context.identifier()
            let change = try await request.json(PictureChange.self)
            return try Response.json(try await apply(change, to: [id], context)[0])
        }
    }

    private func file(of picture: PictureRecord) throws -> Data {
        if let data = try? Data(contentsOf: parts.store.file(of: picture.id)) { return data }
        // Between the moment a job is kept and the one its files are moved.
        if let job = picture.job,
            let data = try? Data(
                contentsOf: parts.store.staging(job).appending(path: "\(picture.number).png")
            )
        {
            return data
        }
        throw APIError.noPicture
    }

    private func record(_ id: String, _ context: StudioContext) async throws -> PictureRecord {
        do {
            return try await records([id], context)[0]
        } catch let error as APIError where error.status == .notFound {
            throw APIError.noPicture
        }
    }

    private func records(
        _ ids: [String],
        _ context: StudioContext
    ) async throws -> [PictureRecord] {
        guard (1...1000).contains(ids.count) else {
            throw APIError.invalid(
                "'ids' names \(ids.count) pictures, expected 1 to 1000",
                parameter: "ids"
            )
        }
        let owner = parts.scope(context)
        try await parts.checkPictures(ids, of: owner, in: "ids")
        let found = try await parts.store.read { try PictureRecord.found(ids, of: owner, in: $0) }
        let places = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
        return found.sorted { (places[$0.id] ?? 0) < (places[$1.id] ?? 0) }
    }

    private func apply(
        _ change: PictureChange,
        to ids: [String],
        _ context: StudioContext
    ) async throws -> [PictureView] {
        let pictures = try await records(ids, context)
        let (scope, base) = (parts.scope(context), base)
        let (views, events) = try await parts.store.write { db in
            if let folder = change.folder ?? nil {
                _ = try FolderRecord.found(folder, of: scope, in: db)
            }
            let changed = pictures.map { change.applied(to: $0) }
            for picture in changed { try picture.update(db) }
            let events = try Dictionary(grouping: changed, by: \.owner).map { owner, pictures in
                try StudioStore.note(
                    "picture.changed",
                    ["pictures": try PictureView.all(pictures, below: base, in: db)],
                    owner: owner,
                    in: db
                )
            }
            return (try PictureView.all(changed, below: base, in: db), events)
        }
        for event in events { parts.hub.tell(event) }
        return views
    }

    private func query(
        _ request: Request,
        _ context: StudioContext
    ) async throws -> PictureQuery {
        var query = PictureQuery()
        let scope = parts.scope(context)
        query.owner = scope
        query.text = request.query("q")
        query.model = request.query("model")
        query.kind = request.query("kind")
        query.from = request.query("from").flatMap(Double.init)
        query.until = request.query("to").flatMap(Double.init)
        query.seed = request.query("seed")
        query.liked = request.query("liked").map { $0 == "1" }
        query.rating = request.query("rating").flatMap(Int.init)
        query.deleted = request.query("deleted") == "1"
        query.cursor = request.query("cursor").flatMap { Identifier.isValid($0) ? $0 : nil }
        query.limit = min(max(request.query("limit").flatMap(Int.init) ?? 60, 1), 500)
        guard let id = request.query("folder"), !id.isEmpty else { return query }
        let folder = try await parts.store.read { try FolderRecord.found(id, of: scope, in: $0) }
        if let search = folder.search {
            query.text = [search, query.text].compactMap(\.self).joined(separator: " ")
        } else {
            query.folder = id
        }
        return query
    }

    private struct Found: Encodable {
        var pictures: [PictureView]
        @Nullable var next: String?
        var total: Int
    }

    private struct Details: Encodable {
        var picture: PictureView
        var record: RawJSON
        var parameters: String
        var lineage: Lineage

        private enum Keys: String, CodingKey { case record, parameters, lineage }

        func encode(to encoder: any Encoder) throws {
            try picture.encode(to: encoder)
            var box = encoder.container(keyedBy: Keys.self)
            try box.encode(record, forKey: .record)
            try box.encode(parameters, forKey: .parameters)
            try box.encode(lineage, forKey: .lineage)
        }
    }
}

/// What a person changes of a picture.
struct PictureChange: Decodable, Sendable {
    var liked: Bool?
    var rating: Int?
    /// Nothing: it stays; null: out of any folder.
    var folder: String??
    var deleted: Bool?

    private enum CodingKeys: String, CodingKey { case liked, rating, folder, deleted }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        liked = try box.decodeIfPresent(Bool.self, forKey: .liked)
        rating = try box.decodeIfPresent(Int.self, forKey: .rating)
        if let rating, !(0...5).contains(rating) {
            throw APIError.invalid("rating is \(rating), expected 0 to 5", parameter: "rating")
        }
        if box.contains(.folder) {
            folder = .some(try box.decodeIfPresent(String.self, forKey: .folder))
        }
        deleted = try box.decodeIfPresent(Bool.self, forKey: .deleted)
    }

    /// A picture with the change.
    func applied(to picture: PictureRecord) -> PictureRecord {
        var picture = picture
        picture.liked = liked ?? picture.liked
        picture.rating = rating ?? picture.rating
        if let folder { picture.folder = folder }
        if let deleted { picture.deleted = deleted ? Date().timeIntervalSince1970 : nil }
        return picture
    }
}
