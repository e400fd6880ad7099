import Foundation
import Generation
import Imaging
import Prompts
import Requests

/// Makes the pictures of a request and writes them as they come.
struct PictureJob {
    let request: PictureRequest
    /// What the files' names begin with.
    let title: String?
    /// Which of the jobs of the same title and seed it is, from 1.
    var number = 1
    let rules: PromptRules
    let files: PictureFileOptions
    let output: OutputOptions

    /// What was made.
    struct Result {
        var written: PictureWriter.Result
        var unknown: [UnknownWord]
        var readings: [WordReading]
        var blocked: [Blocked] = []
    }

    /// A picture that is not shown.
    struct Blocked: Encodable {
        let index: Int
        let kind: String
    }

    /// Unknown words that are told one by one.
    private static let mostTold = 20

    /// Makes all pictures; they are encoded and written while the next are drawn.
    func run(with model: GeneratorModel) async throws -> Result {
        var request = request
        (request.size, request.enlarge) = (files.size, files.enlarge)
        var result = tellOfWords(to: model)
        let (drawn, finished) = AsyncStream<[Drawing]>.makeStream()
        let writer = PictureWriter(files, title: title, number: number, output: output)
        async let written = writer.write(drawn, count: request.indices.count)
        do {
            try model.perform(request, by: rules, naming: .path) { event in
                switch event {
                case .progress(let share): show(share)
                case .picture(_, let drawing): finished.yield([drawing])
                case .blocked(let index, let kind):
                    result.blocked.append(Blocked(index: index, kind: kind))
                case .note(let text):
                    if isWatched { Terminal.clear() }
                    Console.say(text, output)
                case .preview: break
                }
            }
        } catch {
            finished.finish()
            _ = try? await written
            throw error
        }
        finished.finish()
        result.written = try await written
        if isWatched { Terminal.clear() }
        tell(result)
        return result
    }

    /// Says which words the model reads otherwise than they are typed, or not at all.
    private func tellOfWords(to model: GeneratorModel) -> Result {
        let result = Result(
            written: PictureWriter.Result(),
            unknown: request.prompt.map { model.unknownWords(in: $0) } ?? [],
            readings: request.prompt.map { model.understood($0).readings } ?? []
        )
        for reading in result.readings { Console.say(reading.sentence, output) }
        for text in request.prompt.map(model.contradictions) ?? [] { Console.warn(text) }
        for word in result.unknown.prefix(Self.mostTold) {
            Console.warn(
                "the model never saw the word '\(word.word)'"
                    + (word.nearest.map { "; it knows '\($0)'" } ?? "")
            )
        }
        if result.unknown.count > Self.mostTold {
            let more = result.unknown.count - Self.mostTold
            Console.warn("the model never saw \(more) words more")
        }
        let isLiteral = request.prompt?.parameters.has(.literal) == true
        if !result.unknown.isEmpty, model.knowledge == nil, !isLiteral {
            Console.warn(GeneratorModel.knowledgeCure)
        }
        for counted in request.prompt.map(model.countedClasses) ?? [] {
            Console.warn("class \(counted.number), counted from 0, is '\(counted.name)'")
        }
        for text in request.prompt.map(model.longTexts) ?? [] {
            Console.warn(
                "the model reads the beginning alone of '\(text.prefix(40))…', which is too long for it"
            )
        }
        return result
    }

    private func tell(_ result: Result) {
        for file in result.written.files { Console.say(file, output) }
        if let grid = result.written.grid { Console.say(grid, output) }
        for picture in result.blocked {
            Console.warn(
                "picture \(picture.index) is blocked: it shows \(picture.kind). \(rules.appeal)"
            )
        }
        Console.say("seed \(request.seed)", output)
        if let styles = request.prompt?.parameters.styles, !styles.isEmpty {
            Console.say("style \(styles.map(\.text).joined(separator: " "))", output)
        }
    }

    private var isWatched: Bool { Terminal.isInteractive && !output.quiet }

    private func show(_ share: Double) {
        guard isWatched else { return }
        let title = request.prompt?.typed ?? title ?? "anything"
        Terminal.show("\(title.prefix(60))  \(Int(share * 100)) %")
    }
}
