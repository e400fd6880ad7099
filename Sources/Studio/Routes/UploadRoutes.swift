import Foundation
import GRDB
import Hummingbird

/// Pictures that people bring.
struct UploadRoutes {
    let parts: StudioParts

    func add(to router: RouterGroup<StudioContext>) {
        router.post("uploads") { request, context in
            try parts.checkDisk()
            let isMask = request.query("mask") == "1"
            let limit = isMask ? UploadedPicture.mostMaskBytes : UploadedPicture.mostBytes
            let data = try await request.bytes(limit: limit, what: "the picture")
            let upload = try UploadedPicture(data, name: "picture", limit: limit)
            let kind = isMask ? "mask" : "upload"
            let record = try await parts.keep(upload, kind: kind, owner: context.owner)
            let view = PictureView(
                record,
                parents: [],
                below: parts.configuration.basePath
            )
            return try Response.json(
                View(picture: view, read: upload.metadata.flatMap(ForeignSettings.init)),
                status: .created
            )
        }
        router.post("verify") { request, _ in
            let data = try await request.bytes(
                limit: UploadedPicture.mostBytes,
                what: "the picture"
            )
            let upload = try UploadedPicture(data, name: "picture")
            return try Response.json(
                Verdict(
                    marked: upload.metadata?.source != nil,
                    source: upload.metadata?.source?.rawValue,
                    software: upload.metadata?.software.map { String($0.prefix(200)) }
                )
            )
        }
    }

    private struct Verdict: Encodable {
        var marked: Bool
        var source: String?
        var software: String?
    }

    private struct View: Encodable {
        var picture: PictureView
        var read: ForeignSettings?

        private enum Keys: String, CodingKey { case read }

        func encode(to encoder: any Encoder) throws {
            try picture.encode(to: encoder)
            var box = encoder.container(keyedBy: Keys.self)
            try box.encode(read, forKey: .read)
        }
    }
}

extension StudioParts {
    /// Keeps a picture that someone sent.
    func keep(
        _ upload: UploadedPicture,
        kind: String,
        owner: String
    ) async throws -> PictureRecord {
        let record = PictureRecord(
            id: Identifier.make(),
            job: nil,
            kind: kind,
            number: 0,
            width: upload.picture.width,
            height: upload.picture.height,
            prompt: "",
            seed: "",
            model: "",
            digest: "",
            created: Date().timeIntervalSince1970,
            liked: false,
            rating: 0,
            folder: nil,
            deleted: nil,
            seconds: 0,
            record: "{}",
            owner: owner
        )
        try store.keep(upload.file, as: record.id)
        try await store.write { try record.insert($0) }
        return record
    }
}
