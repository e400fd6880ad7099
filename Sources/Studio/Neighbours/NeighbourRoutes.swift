import Foundation
import Hummingbird
import Imaging

/// Routes in the shape of the AUTOMATIC1111 web UI, for programs that know it.
struct NeighbourRoutes {
    let parts: StudioParts

    private struct Wish: Decodable {
        var prompt: String?
        var negative_prompt: String?
        var seed: Int64?
        var batch_size: Int?
        var n_iter: Int?
        var width: Int?
        var height: Int?
    }

    private struct Drawn: Encodable {
        var images: [String]
        var parameters: RawJSON
        var info: String
    }

    private struct Info: Encodable {
        var prompt: String
        var seed: Int
        var all_seeds: [Int]
        var sd_model_name: String
        var infotexts: [String]
    }

    private struct Progress: Encodable {
        struct State: Encodable {
            var job: String
            var job_count: Int
        }
        var progress: Double
        var eta_relative: Double
        var state: State
        var current_image: String?
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.post("txt2img") { request, context in
            let data = try await request.jsonData()
            let wish = try JSONDecoder().decode(Wish.self, from: data)
            var job = JobRequest()
            job.count = (wish.batch_size ?? 1) * (wish.n_iter ?? 1)
            job.previews = 0
            let model = ModelView(try await parts.models.model(nil))
            let side = max(wish.width ?? model.width, wish.height ?? model.height)
            // Its own sizes mean nothing here; only whole multiples of the model's are followed.
            job.size = side != model.width && side % model.width == 0 && side <= 512 ? side : nil
            let events = parts.hub.listen()
            let negative = wish.negative_prompt ?? ""
            let jobs = try await parts.enqueue(
                job,
                kind: .imagine,
                prompt: (wish.prompt ?? "") + (negative.isEmpty ? "" : " --no \(negative)"),
                seed: wish.seed.flatMap { $0 < 0 ? nil : String($0) },
                priority: 1,
                owner: context.owner,
                key: nil
            )
            let form = ImageForm(try ImageRequest([:]), event: "image_generation", host: "")
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
                prompt: wish.prompt ?? "",
                seed: seeds.first ?? 0,
                all_seeds: seeds,
                sd_model_name: model.name,
                infotexts: texts
            )
            return try Response.json(
                Drawn(
                    images: answer.data.compactMap(\.b64_json),
                    parameters: RawJSON(text: String(decoding: data, as: UTF8.self)),
                    info: try StudioJSON.text(info)
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
                    parameters: settings?.parameters ?? [:]
                )
            )
        }
        router.get("progress") { _, _ in
            let running = await parts.queue.running
            let moment = await running.asyncMap { await parts.queue.moments[$0] } ?? nil
            return try Response.json(
                Progress(
                    progress: moment?.share ?? 0,
                    eta_relative: moment?.eta ?? 0,
                    state: .init(job: running ?? "", job_count: running == nil ? 0 : 1),
                    current_image: nil
                )
            )
        }
        router.get("sd-models") { _, _ in
            struct Model: Encodable { var title: String, model_name: String, hash: String }
            return try Response.json(
                try await parts.models.all().map { model in
                    let view = ModelView(model)
                    return Model(title: view.name, model_name: view.name, hash: view.digest)
                }
            )
        }
        router.get("options") { _, _ in
            try Response.json(["sd_model_checkpoint": try await parts.models.model(nil).name])
        }
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
