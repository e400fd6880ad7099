import Foundation
import Hummingbird
import Imaging
import Prompts
import Requests

/// Routes in the shape of the AUTOMATIC1111 web UI, for programs that know it.
struct NeighbourRoutes {
    let parts: StudioParts

    private struct Body: Decodable {
        var prompt: String?
        var negativePrompt: String?
        var seed: Int64?
        var batchSize: Int?
        var nIter: Int?
        var width: Int?
        var height: Int?

        // Errors name fields as they are sent.
        enum CodingKeys: String, CodingKey {
            case prompt, seed, width, height
            case negativePrompt = "negative_prompt"
            case batchSize = "batch_size"
            case nIter = "n_iter"
        }
    }

    private struct Drawn: Encodable {
        var images: [String]
        var parameters: JSONPiece
        var info: String
    }

    private struct Info: Encodable {
        var prompt: String
        var seed: Int
        var allSeeds: [Int]
        var sdModelName: String
        var infotexts: [String]
    }

    private struct Progress: Encodable {
        struct State: Encodable {
            var job: String
            var jobCount: Int
        }
        var progress: Double
        var etaRelative: Double
        var state: State
        var currentImage: String?
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.post("txt2img") { request, context in
            let sent = try JSONReader.read(await request.jsonData())
            let body = try sent.value(Body.self)
            try FieldRules.checkPrompt(body.negativePrompt ?? "", "negative_prompt")
            var job = PictureRequest(count: try count(body))
            let size = try self.size(body)
            let model = ModelView(try await parts.models.model(nil))
            job.size = size?.side(
                width: model.width,
                height: model.height,
                hasAlpha: model.channels == 2 || model.channels == 4
            )
            let events = parts.hub.listen()
            let avoided = KeyboardForms.avoiding(body.negativePrompt ?? "")
            let prompt = (body.prompt ?? "") + (avoided.isEmpty ? "" : " \(avoided)")
            let seed = body.seed.flatMap { $0 < 0 ? nil : UInt64($0) }
            let jobs = try await parts.enqueue(
                [(JobRequest(job), prompt, seed)],
                priority: 1,
                owner: context.owner,
                key: nil
            )
            let form = ImageForm(
                try ImageRequest([:]),
                event: "image_generation",
                host: "",
                size: size
            )
            let answer = try await JobWaiting(
                parts: parts,
                jobs: jobs.map(\.id),
                events: events,
                form: form
            ).response()
            let seeds = answer.data.map { Int($0.seed) ?? 0 }
            let texts = answer.data.map { item in
                (try? PictureMetadata(contentsOf: parts.store.file(of: item.id)))?.parameters ?? ""
            }
            let info = Info(
                prompt: body.prompt ?? "",
                seed: seeds.first ?? 0,
                allSeeds: seeds,
                sdModelName: model.name,
                infotexts: texts
            )
            return try Response.json(
                Drawn(
                    images: answer.data.compactMap(\.b64Json),
                    parameters: sent,
                    info: try StudioJSON.snakeText(info)
                )
            )
        }
        router.post("png-info") { request, _ in
            struct Question: Decodable { var image: String }
            let text = try await request.json(Question.self, limit: 20 << 20).image
            let base64 = text.split(separator: ",").last.map(String.init) ?? ""
            guard let data = Data(base64Encoded: base64) else {
                throw APIError.invalid("'image' is not base64", parameter: "image")
            }
            let upload = try UploadedPicture(data, name: "image")
            let settings = upload.metadata.flatMap(ForeignSettings.init)
            struct Answer: Encodable {
                var info: String
                var items: [String: String]
                var parameters: [String: String]
            }
            return try Response.json(
                Answer(
                    info: settings?.text ?? "",
                    items: settings.map { ["parameters": $0.text] } ?? [:],
                    parameters: settings?.named ?? [:]
                )
            )
        }
        router.get("progress") { _, _ in
            let running = await parts.queue.running
            let moment = await running.asyncMap { await parts.queue.moments[$0] } ?? nil
            return try Response.snakeJSON(
                Progress(
                    progress: moment?.share ?? 0,
                    etaRelative: moment?.eta ?? 0,
                    state: .init(job: running ?? "", jobCount: running == nil ? 0 : 1),
                    currentImage: nil
                )
            )
        }
        router.get("sd-models") { _, _ in
            struct Model: Encodable { var title: String, modelName: String, hash: String }
            return try Response.snakeJSON(
                try await parts.models.all().map { model in
                    let view = ModelView(model)
                    return Model(title: view.name, modelName: view.name, hash: view.digest)
                }
            )
        }
        router.get("options") { _, _ in
            try Response.json(["sd_model_checkpoint": try await parts.models.model(nil).name])
        }
    }
}

extension NeighbourRoutes {
    /// How many pictures are asked for.
    private func count(_ body: Body) throws -> Int {
        let (batch, rounds) = (body.batchSize ?? 1, body.nIter ?? 1)
        let (count, isTooMany) = batch.multipliedReportingOverflow(by: rounds)
        guard !isTooMany, batch > 0, (1...64).contains(count) else {
            throw APIError.invalid(
                "batch_size is \(batch) and n_iter \(rounds), expected 1 to 64 pictures together",
                parameter: (1...64).contains(batch) ? "n_iter" : "batch_size"
            )
        }
        return count
    }

    /// The size that is asked for; nothing: the model's own.
    private func size(_ body: Body) throws -> PictureSize? {
        for (name, value) in [("width", body.width), ("height", body.height)] {
            guard let value, !PictureSize.sides.contains(value) else { continue }
            throw APIError.invalid("\(name) is \(value), expected 8 to 4096", parameter: name)
        }
        guard let width = body.width ?? body.height, let height = body.height ?? body.width else {
            return nil
        }
        return PictureSize(width: width, height: height)
    }
}

extension Optional where Wrapped: Sendable {
    /// What comes of the value, where there is one.
    fileprivate func asyncMap<Result: Sendable>(
        _ change: @Sendable (Wrapped) async -> Result
    ) async -> Result? {
        guard let self else { return nil }
        return await change(self)
    }
}
