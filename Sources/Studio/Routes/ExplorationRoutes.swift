import Foundation
import Hummingbird
import Prompts
import Requests

/// Pictures at places of a model's space, seen at once and not kept.
struct ExplorationRoutes {
    let parts: StudioParts

    private struct Question: Decodable {
        var model: String?
        var prompt: String?
        var seed: SeedText?
        var index: Int?
        var numbers: TaskNumbers?
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.post("explore") { request, _ in
            let question = try await request.json(Question.self)
            try FieldRules.checkPrompt(question.prompt ?? "")
            let index = question.index ?? 0
            guard Limits.places.contains(index) else {
                throw APIError.invalid(
                    "index is \(index), expected 0 to \(Limits.places.upperBound)",
                    parameter: "index"
                )
            }
            var asked = PictureRequest(
                try PictureTask(asked: .explore, question.numbers),
                try PictureRequest.prompt(
                    question.prompt ?? "",
                    presets: PresetsFile.own.read()
                ),
                seed: question.seed?.seed ?? 0,
                first: index,
                count: 1
            )
            try asked.validate(.studio)
            asked.model = try await parts.models.path(of: question.model)
            let id = Identifier.make()
            let folder = parts.store.staging(id)
            defer { try? FileManager.default.removeItem(at: folder) }
            let order = WorkerOrder(asked, id: id, folder: folder.path)
            return Response.bytes(try await picture(order), type: "image/png")
        }
    }

    private func picture(_ order: WorkerOrder) async throws -> Data {
        var file: String?
        for try await reply in try await parts.worker.perform(order) {
            if let refusal = APIError(refusal: reply) { throw refusal }
            if reply.event == .picture { file = reply.file }
        }
        guard let file else { throw StudioError.worker(reason: "drew nothing") }
        return try Data(contentsOf: URL(filePath: file))
    }
}
