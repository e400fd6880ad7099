import Foundation
import Generation
import Imaging
import Prompts
import Requests
import Speech

extension Worker {
    /// Answers a question about a model.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - model: A file of weights, a run's folder or a name; nothing: the bundled one.
    /// - Returns: The answer.
    /// - Throws: What is wrong with question or model.
    func answer(_ question: WorkerQuestion, _ model: String?) throws -> WorkerAnswer {
        switch question {
        case .read(let text): try read(text, model)
        case .inspect: try inspect(model)
        case .describe(let picture): try describe(picture, model)
        case .shorten(let text): try shorten(text, model)
        case .transcribe(let recording): try transcribe(recording, model)
        }
    }

    /// What prompts braces stand for, which words the model does not know, and which parameters it does not
    /// follow.
    private func read(_ text: String, _ name: String?) throws -> WorkerAnswer {
        let isOpen = text.allSatisfy(\.isWhitespace)
        let prompts = isOpen ? [] : try Prompt.all(of: text, presets: PresetsFile.own.read())
        for prompt in prompts { try rules.check(prompt) }
        let updates = prompts.first?.parameters.updates ?? []
        let model =
            try name.map { try models.model($0, updates) } ?? model(of: prompts.first)
        let unknown = model.unknownWords(in: prompts).map { ($0.word, $0.nearest ?? "") }
        let refused = model.support.reasons.map { ($0.key.rawValue, $0.value) }
        var answer = WorkerAnswer()
        answer.prompts = prompts.map(\.typed)
        answer.unknown = Dictionary(unknown) { first, _ in first }
        let readings = prompts.flatMap { model.understood($0).readings }.map { ($0.word, $0.drawn) }
        answer.readings = Dictionary(readings) { first, _ in first }
        answer.refused = Dictionary(refused) { first, _ in first }
        return answer
    }

    /// What a file of weights is.
    private func inspect(_ name: String?) throws -> WorkerAnswer {
        var answer = WorkerAnswer()
        answer.model = try models.inspected(name ?? BundledModel.usual.name).summary
        return answer
    }

    /// A picture in words.
    private func describe(_ file: String, _ name: String?) throws -> WorkerAnswer {
        let picture = try Picture(contentsOf: URL(filePath: file))
        let model = try models.model(name ?? BundledModel.usual.name)
        var answer = WorkerAnswer()
        answer.texts = try model.wordings(of: picture, in: models.index(of: model), count: 4)
            .map(\.text)
        return answer
    }

    /// A recording in words.
    private func transcribe(_ file: String, _ name: String?) throws -> WorkerAnswer {
        do {
            let sound = try Sound(contentsOf: URL(filePath: file), named: "the recording")
                .audible("the recording")
            let model = try models.model(name ?? BundledModel.usual.name)
            var answer = WorkerAnswer()
            answer.speech = try models.recogniser(of: model)
                .transcript(of: sound, name: "the recording")
            return answer
        } catch let error as SpeechError {
            throw WorkerProblem(error)
        }
    }

    /// How much each word counts; a word that is there twice counts as both together.
    private func shorten(_ text: String, _ name: String?) throws -> WorkerAnswer {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty, text.count <= 1000, !text.contains("::"), !text.contains("--") else {
            throw RequestProblem(
                "prompt",
                expects: "1 to 1000 characters of words, without weights and parameters",
                found: "'\(text.prefix(40))'"
            )
        }
        try rules.check(Prompt(parts: [Prompt.Part(text: text, weight: 1)]))
        let weights = try models.model(name ?? BundledModel.usual.name)
            .wordWeights(of: text, seed: 0).filter(\.weight.isFinite)
        var answer = WorkerAnswer()
        answer.words = Dictionary(weights.map { ($0.word, $0.weight) }, uniquingKeysWith: +)
        return answer
    }
}
