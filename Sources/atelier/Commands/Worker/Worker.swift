import Foundation
import Generation
import Prompts
import Runs

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
            let reply = WorkerReply(WorkerProblem.noOrder(error), to: WorkerProblem.id(of: line))
            return output.send(reply)
        }
        do {
            try perform(WorkerJob(order, output))
            output.send(WorkerReply(.done, to: order.id))
        } catch {
            output.send(WorkerReply(error, to: order.id))
        }
    }

    private func perform(_ job: WorkerJob) throws {
        switch job.order.task {
        case .imagine: try imagine(job)
        case .vary: try vary(job)
        case .inpaint: try inpaint(job)
        case .outpaint: try outpaint(job)
        case .blend: try blend(job)
        case .explore: try explore(job)
        case .upscale: try upscale(job)
        case .restore: try restore(job)
        case .read: try read(job)
        case .inspect: try inspect(job)
        case .describe: try describe(job)
        case .shorten: try shorten(job)
        }
    }

    /// The one prompt of an order, allowed by the rules; nothing leaves it open.
    ///
    /// - Parameter order: With its braces expanded.
    /// - Returns: The prompt.
    /// - Throws: `PromptError`, or `WorkerProblem` for braces.
    func prompt(of order: WorkerOrder) throws -> Prompt? {
        guard !order.prompt.allSatisfy(\.isWhitespace) else { return nil }
        let prompts = try Prompt.all(of: order.prompt, presets: PresetsFile.own.read())
        guard prompts.count == 1 else {
            throw WorkerProblem.expected(
                "braces expanded",
                "prompt",
                found: "\(prompts.count) prompts"
            )
        }
        try rules(of: order).check(prompts[0])
        return prompts[0]
    }

    /// The model of an order: what it names, else what the prompt does, else the bundled one.
    ///
    /// A prompt may come from anybody, so it names bundled models alone.
    ///
    /// - Parameters:
    ///   - order: Which model it names.
    ///   - prompt: Which version it asks for.
    ///   - bundled: What draws where nothing is named.
    /// - Returns: The model, loaded.
    /// - Throws: `WorkerProblem` for a version that is not known; what is wrong with the model's file.
    func model(
        of order: WorkerOrder,
        _ prompt: Prompt? = nil,
        or bundled: BundledModel = .emoji
    ) throws -> GeneratorModel {
        if let name = order.model { return try models.model(name) }
        guard let version = prompt?.parameters.model else { return try models.model(bundled.name) }
        guard let named = BundledModel(rawValue: version.lowercased()) else {
            throw WorkerProblem(
                .modelNotFound,
                "there is no model '\(version)'; expected"
                    + " \(BundledModel.allCases.map(\.name).joined(separator: ", ")). Leave --version out.",
                parameter: PromptParameter.version.rawValue
            )
        }
        return try models.model(named.name)
    }

    /// Brings drawings to the size that was ordered, writes those that may be shown, and tells of the others.
    ///
    /// - Parameters:
    ///   - drawings: Of one model.
    ///   - model: That model.
    ///   - job: Whose they are.
    /// - Throws: `GenerationError` and `ImagingError`.
    func finish(_ drawings: [Drawing], of model: GeneratorModel, _ job: WorkerJob) throws {
        let side = try job.order.whole("size")
        let rules = rules(of: job.order)
        let reasons = try model.blocked(drawings.map(\.picture), by: rules)
        for (drawing, reason) in zip(drawings, reasons) {
            let index = drawing.record.indices.first ?? 0
            if let reason {
                job.block(index, showing: reason, appeal: rules.appeal)
            } else {
                try job.show(model.sized(drawing, enlarge: 1, side: side), as: index)
            }
        }
    }

    /// What is shown on the way; nothing where finished pictures are looked at first.
    func previews(of job: WorkerJob) -> DrawingPreviews? {
        rules(of: job.order).drawn.isEmpty ? job.previews : nil
    }

    /// The rules that hold for an order.
    func rules(of order: WorkerOrder) -> PromptRules {
        order.isLenient == true ? PromptRules() : rules
    }

    /// Sides that pictures can be brought to.
    static let sides = 8.0...4096.0
}
