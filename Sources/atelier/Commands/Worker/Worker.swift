import Foundation
import Generation
import Prompts
import Requests

/// Follows the orders of a studio, one after the other.
final class Worker {
    /// The models that are loaded.
    let models: WorkerModels
    /// What prompts may not ask for.
    let rules: PromptRules
    private let output: WorkerOutput

    /// A worker that has not started.
    init(models: WorkerModels, rules: PromptRules, output: WorkerOutput) {
        (self.models, self.rules, self.output) = (models, rules, output)
    }

    /// Follows the order of a line, or says why not.
    func handle(_ item: WorkerInbox.Item) {
        #if canImport(ObjectiveC)
        autoreleasepool { follow(item) }
        #else
        follow(item)
        #endif
    }

    private func follow(_ item: WorkerInbox.Item) {
        guard case .line(let line) = item else {
            let problem = WorkerProblem(
                .invalidValue,
                "a line is too long: expected \(WorkerInbox.lineLimit) bytes at most. Name files in"
                    + " place of what they hold."
            )
            return output.send(WorkerReply(problem, to: ""))
        }
        let order: WorkerOrder
        do {
            order = try JSONDecoder().decode(WorkerOrder.self, from: line)
        } catch {
            let id = WorkerProblem.id(of: line)
            // What cannot be asked for says so itself; anything else is no order.
            let isOrder = error is RequestProblem || error is PromptError
            let reply = WorkerReply(isOrder ? error : WorkerProblem.noOrder(error), to: id)
            return output.send(reply)
        }
        do {
            try perform(order)
            output.send(WorkerReply(.done, to: order.id))
        } catch {
            output.send(WorkerReply(error, to: order.id))
        }
    }

    private func perform(_ order: WorkerOrder) throws {
        switch order.task {
        case .pictures(let request, let folder):
            let job = try WorkerJob(order.id, folder: folder, appeal: rules.appeal, output)
            try request.validate(.worker)
            guard request.task.name.form.needsModel else {
                return try request.performWithoutModel(tell: job.tell)
            }
            try model(of: request).perform(request, by: rules, tell: job.tell)
        case .answer(let question, let model):
            var reply = WorkerReply(.answer, to: order.id)
            reply.answer = try answer(question, model)
            output.send(reply)
        }
    }

    /// The model of a request: what it names, else what the prompt does, else the bundled one.
    ///
    /// A prompt may come from anybody, so it names bundled models alone.
    private func model(of request: PictureRequest) throws -> GeneratorModel {
        if let name = request.model {
            return try models.model(name, request.prompt?.parameters.updates ?? [])
        }
        return try model(of: request.prompt, or: request.bundledModel)
    }

    /// The bundled model that a prompt names.
    ///
    /// - Parameters:
    ///   - prompt: Which version it asks for.
    ///   - bundled: What draws where nothing is named.
    /// - Returns: The model, loaded.
    /// - Throws: `WorkerProblem` for a version that is not known; what is wrong with the model's file.
    func model(of prompt: Prompt?, or bundled: BundledModel = .usual) throws -> GeneratorModel {
        let updates = prompt?.parameters.updates ?? []
        guard let version = prompt?.parameters.model else {
            return try models.model(bundled.name, updates)
        }
        guard let named = BundledModel(rawValue: version.lowercased()) else {
            throw WorkerProblem(
                .modelNotFound,
                "there is no model '\(version)'; expected"
                    + " \(BundledModel.allCases.map(\.name).joined(separator: ", ")). Leave --version out.",
                parameter: PromptParameter.version.rawValue
            )
        }
        return try models.model(named.name, updates)
    }
}
