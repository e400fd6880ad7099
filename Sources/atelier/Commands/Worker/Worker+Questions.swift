import Foundation
import Generation
import Prompts
import Runs

extension Worker {
    /// Says what prompts braces stand for, which words the model does not know, and which parameters it
    /// does not follow.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func read(_ job: WorkerJob) throws {
        let order = job.order
        try order.check(pictures: 0...64)
        let isOpen = order.prompt.allSatisfy(\.isWhitespace)
        let prompts =
            isOpen ? [] : try Prompt.all(of: order.prompt, presets: PresetsFile.own.read())
        for prompt in prompts { try rules.check(prompt) }
        let model = try model(of: order, prompts.first)
        let unknown = model.unknownWords(in: prompts).map { ($0.word, $0.nearest ?? "") }
        let refused = model.support.reasons.map { ($0.key.rawValue, $0.value) }
        var answer = WorkerAnswer()
        answer.prompts = prompts.map(\.typed)
        answer.unknown = Dictionary(unknown) { first, _ in first }
        let readings = prompts.flatMap { model.understood($0).readings }.map { ($0.word, $0.drawn) }
        answer.readings = Dictionary(readings) { first, _ in first }
        answer.refused = Dictionary(refused) { first, _ in first }
        job.answer(answer)
    }

    /// Says what a file of weights is.
    ///
    /// - Parameter job: The order.
    /// - Throws: The rule that the file breaks.
    func inspect(_ job: WorkerJob) throws {
        try job.order.check(pictures: 0...0)
        var answer = WorkerAnswer()
        answer.model = try models.inspected(job.order.model ?? BundledModel.emoji.name).summary
        job.answer(answer)
    }

    /// Describes a picture in words.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func describe(_ job: WorkerJob) throws {
        try job.order.check(pictures: 1...1)
        let pictures = try job.order.readPictures()
        let model = try model(of: job.order)
        var answer = WorkerAnswer()
        answer.texts = try model.wordings(of: pictures[0], in: models.index(of: model), count: 4)
            .map(\.text)
        job.answer(answer)
    }

    /// Says how much each word counts; a word that is there twice counts as both together.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func shorten(_ job: WorkerJob) throws {
        let order = job.order
        try order.check(pictures: 0...0)
        let text = order.prompt.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty, text.count <= 1000, !text.contains("::"), !text.contains("--") else {
            throw WorkerProblem.expected(
                "1 to 1000 characters of words, without weights and parameters",
                "prompt",
                found: "'\(text.prefix(40))'"
            )
        }
        try rules.check(Prompt(parts: [Prompt.Part(text: text, weight: 1)]))
        let weights = try model(of: order).wordWeights(of: text, seed: order.seed)
            .filter(\.weight.isFinite)
        var answer = WorkerAnswer()
        answer.words = Dictionary(weights.map { ($0.word, $0.weight) }, uniquingKeysWith: +)
        job.answer(answer)
    }
}
