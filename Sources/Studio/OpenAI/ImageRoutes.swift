import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Imaging
import Prompts
import Requests

/// The OpenAI image interface.
struct ImageRoutes {
    let parts: StudioParts

    func add(to router: RouterGroup<StudioContext>) {
        router.post("images/generations") { request, context in
            let data = try await request.jsonData()
            let fields = try LooseFields(data)
            let asked = try ImageRequest(fields.values)
            guard fields.values["prompt"] != nil else { throw missing("prompt") }
            return try await answer(
                asked,
                .imagine,
                event: "image_generation",
                key: RequestKey(of: request, body: [data]),
                request,
                context
            )
        }
        router.post("images/edits") { request, context in
            let (fields, images, mask, key) = try await pictures(of: request)
            guard fields["prompt"] != nil else { throw missing("prompt") }
            let asked = try ImageRequest(fields)
            guard let first = images.first else { throw missing("image") }
            let picture = try await parts.keep(first, kind: "upload", owner: context.owner)
            // Without a mask what is transparent is drawn anew, as the interface has it.
            let cover = mask ?? (first.hasTransparency ? first : nil)
            if let cover,
                cover.picture.width != first.picture.width
                    || cover.picture.height != first.picture.height
            {
                throw APIError.invalid(
                    "the mask is \(cover.picture.width)x\(cover.picture.height), the image "
                        + "\(first.picture.width)x\(first.picture.height); expected the same size",
                    parameter: "mask",
                    code: "invalid_image"
                )
            }
            var ids = [picture.id]
            var task = PictureTask.vary(.strong)
            var maskID: String?
            if images.count > 1, cover == nil || mask == nil {
                task = .blend(weights: [])
                for other in images.dropFirst().prefix(4) {
                    let kept = try await parts.keep(
                        other,
                        kind: "upload",
                        owner: context.owner
                    )
                    ids.append(kept.id)
                }
            } else if let cover {
                task = .inpaint
                maskID = try await parts.keep(cover, kind: "mask", owner: context.owner).id
            }
            return try await answer(
                asked,
                task,
                pictures: ids,
                mask: maskID,
                event: "image_edit",
                key: key,
                request,
                context
            )
        }
        router.post("images/variations") { request, context in
            let (fields, images, _, key) = try await pictures(of: request)
            guard let first = images.first else { throw missing("image") }
            let picture = try await parts.keep(first, kind: "upload", owner: context.owner)
            return try await answer(
                try ImageRequest(fields),
                .vary(.strong),
                pictures: [picture.id],
                event: "image_edit",
                key: key,
                request,
                context
            )
        }
        router.get("models") { _, _ in
            let models = try await parts.models.all()
            return try Response.snakeJSON(
                ModelList(
                    data: models.map(ModelObject.init)
                        + ModelShelf.aliases.sorted().compactMap { name in
                            models.first.map { ModelObject($0, alias: name) }
                        }
                )
            )
        }
        router.get("models/:name") { _, context in
            let name = named(context)
            return try Response.snakeJSON(
                ModelObject(try await parts.models.model(name), alias: name)
            )
        }
        router.delete("models/:name") { _, context in
            let model = try await parts.models.model(named(context))
            try await parts.models.remove(model.id)
            return try Response.json(Deletion(id: model.name))
        }
        router.get("files/:token") { _, context in
            guard let link = parts.links.link(context.parameters.get("token") ?? ""),
                let data = try? Data(contentsOf: parts.store.file(of: link.picture))
            else { throw APIError.missing("this address is not good any more") }
            return Response.bytes(try link.format.encoded(data), type: link.format.mediaType)
        }
    }

    /// The model's name in the path.
    private func named(_ context: StudioContext) -> String {
        let text = context.parameters.get("name") ?? ""
        return text.removingPercentEncoding ?? text
    }

    private func missing(_ name: String) -> APIError {
        .invalid(
            "Missing required parameter: '\(name)'.",
            parameter: name,
            code: "missing_required_parameter"
        )
    }

    /// Fields and pictures of a form, or of JSON with data URLs.
    private func pictures(
        of request: Request
    ) async throws -> (
        fields: [String: String], images: [UploadedPicture], mask: UploadedPicture?,
        key: RequestKey?
    ) {
        try parts.checkDisk()
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else {
            let data = try await request.jsonData(limit: 20 << 20)
            let fields = try LooseFields(data)
            let name = fields.pictures["images"] == nil ? "image" : "images"
            let addresses = fields.pictures[name] ?? []
            guard !addresses.isEmpty else { throw missing("images") }
            try checkCount(addresses.count, name)
            let images = try addresses.map {
                try UploadedPicture(try Self.embedded($0, name), name: name)
            }
            let mask = try fields.pictures["mask"]?.first.map {
                try UploadedPicture(
                    try Self.embedded($0, "mask"),
                    name: "mask",
                    limit: UploadedPicture.mostMaskBytes
                )
            }
            return (fields.values, images, mask, RequestKey(of: request, body: [data]))
        }
        let body = try await request.bytes(limit: 64 << 20, what: "the form")
        let form = try MultipartForm(body, type: type)
        let files = form.files("image")
        try checkCount(files.count, "image")
        var fields: [String: String] = [:]
        for part in form.parts where part.filename == nil {
            fields[part.name] = String(decoding: part.data, as: UTF8.self)
        }
        return (
            fields,
            try files.map { try UploadedPicture($0, name: "image") },
            try form.files("mask").first.map {
                try UploadedPicture($0, name: "mask", limit: UploadedPicture.mostMaskBytes)
            },
            // Each sending has a boundary of its own, so the parts count, not the body.
            RequestKey(of: request, body: form.parts.flatMap { [Data($0.name.utf8), $0.data] })
        )
    }

    private func checkCount(_ count: Int, _ name: String) throws {
        guard count <= 16 else {
            throw APIError.invalid(
                "'\(name)' has \(count) pictures, expected 16 at most",
                parameter: name
            )
        }
    }

    /// The bytes of a data URL; other addresses are never followed.
    private static func embedded(_ address: String, _ name: String) throws -> Data {
        guard address.hasPrefix("data:image/"), let comma = address.firstIndex(of: ","),
            address[..<comma].hasSuffix(";base64"),
            let data = Data(base64Encoded: String(address[address.index(after: comma)...]))
        else {
            throw APIError.invalid(
                "'\(name)' is '\(LogText.short(address))', expected a data URL "
                    + "(data:image/png;base64,…); addresses are not followed",
                parameter: name,
                code: "invalid_image_url"
            )
        }
        return data
    }

    /// Takes a request in, waits for its job, and answers.
    private func answer(
        _ asked: ImageRequest,
        _ task: PictureTask,
        pictures: [String] = [],
        mask: String? = nil,
        event: String,
        key: RequestKey?,
        _ request: Request,
        _ context: StudioContext
    ) async throws -> Response {
        let size = try asked.exactSize()
        let model = ModelView(try await parts.models.model(asked.model))
        if asked.background == "transparent", model.channels == 3 || model.channels == 1 {
            throw APIError.invalid(
                "the model '\(model.name)' draws no transparency",
                parameter: "background"
            )
        }
        var order = PictureRequest(task, count: asked.count, pictures: pictures)
        order.model = model.id
        order.mask = mask
        order.size = size?.side(
            width: model.width,
            height: model.height,
            hasAlpha: model.channels == 2 || model.channels == 4
        )
        order.isLenient = asked.isLenient && parts.configuration.mayBeLenient
        order.previews = asked.stream ? asked.partialImages : 0
        let listening = parts.hub.listen()
        let prompt = asked.fullPrompt(presets: try PresetsFile.own.read()) { parameter in
            model.refused[parameter.rawValue] == nil
                && (task == .imagine || parameter.countsForVariations)
        }
        let jobs = try await parts.enqueue(
            [(JobRequest(order), prompt, try seed(asked))],
            priority: 1,
            owner: context.owner,
            key: key
        )
        let waiting = JobWaiting(
            parts: parts,
            jobs: jobs.map(\.id),
            events: listening,
            form: ImageForm(asked, event: event, host: address(request), size: size)
        )
        guard asked.stream else { return try Response.snakeJSON(try await waiting.response()) }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream"],
            body: .init { writer in try await waiting.stream(to: &writer) }
        )
    }

    private func seed(_ asked: ImageRequest) throws -> UInt64? {
        guard let seed = asked.extras["seed"], !seed.isEmpty else { return nil }
        guard let number = UInt64(seed) else {
            throw APIError.invalid(
                "seed is '\(LogText.short(seed))', expected 0 to \(UInt64.max)",
                parameter: "seed"
            )
        }
        return number
    }

    private func address(_ request: Request) -> String {
        "http://" + (request.head.authority ?? "127.0.0.1:\(parts.configuration.port)")
            + parts.configuration.basePath.text
    }
}

/// A model in the OpenAI interface.
struct ModelObject: Encodable, Sendable {
    var id: String
    var object = "model"
    var created: Int
    var ownedBy = "atelier"

    /// A model by its own name.
    init(_ model: ModelRecord) { self.init(model, alias: model.name) }

    /// A model by the name that was asked for.
    init(_ model: ModelRecord, alias: String) {
        id = alias == model.id ? model.name : alias
        created = Int(model.created)
    }
}

private struct ModelList: Encodable {
    var object = "list"
    var data: [ModelObject]
}

private struct Deletion: Encodable {
    var id: String
    var object = "model"
    var deleted = true
}
