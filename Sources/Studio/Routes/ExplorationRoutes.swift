import Foundation
import Hummingbird
import Runs

/// Pictures at places of a model's space, seen at once and not kept.
struct ExplorationRoutes {
    let parts: StudioParts

    private struct Question: Decodable {
        var model: String?
        var prompt: String?
        var seed: JobRoutes.SeedText?
        var index: Int?
        var numbers: [String: Double]?
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.post("explore") { request, _ in
            let question = try await request.json(Question.self)
            try FieldRules.checkPrompt(question.prompt ?? "")
            let index = question.index ?? 0
            guard (0...999_999_999).contains(index) else {
                throw APIError.invalid(
                    "index is \(index), expected 0 to 999999999",
                    parameter: "index"
                )
            }
            let id = Identifier.make()
            let folder = parts.store.staging(id)
            defer { try? FileManager.default.removeItem(at: folder) }
            var order = WorkerOrder(
                .explore,
                id: id,
                prompt: question.prompt ?? "",
                folder: folder.path
            )
            order.model = try await parts.models.path(of: question.model)
            order.seed = question.seed.flatMap { UInt64($0.text) } ?? 0
            order.indices = [index]
            order.numbers = question.numbers ?? [:]
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
