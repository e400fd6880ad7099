import Foundation
import Generation
import Imaging
import Prompts

/// One prompt with one seed.
struct ImagineOrder {
    /// What is asked for; nothing leaves it open.
    let prompt: Prompt?
    /// The key of all random numbers.
    let seed: UInt64
    /// Which pictures of the seed's row.
    let indices: [Int]

    /// The prompt as it can be typed again.
    var title: String { prompt?.typed ?? "anything" }
}

/// Draws the pictures of an order and writes them as they come.
struct ImagineJob {
    let order: ImagineOrder
    /// Which of the jobs of the same words and seed it is, from 1.
    let number: Int
    let manner: MannerOptions
    let rules: PromptRules
    let files: PictureFileOptions
    let output: OutputOptions

    /// What was drawn, for programs.
    struct Report: Encodable {
        let prompt: String?
        let seed: UInt64
        let files: [String]
        let grid: String?
        let unknown: [UnknownWord]
        let readings: [WordReading]
        let pictures: [Drawing.Record]
        let blocked: [Blocked]
    }

    /// A picture that is not shown.
    struct Blocked: Encodable {
        let index: Int
        let kind: String
    }

    /// Unknown words that are told one by one.
    private static let mostTold = 20

    /// Draws, some pictures at a time; they are encoded and written while the next are drawn.
    func run(with model: GeneratorModel) async throws -> Report {
        let unknown = order.prompt.map { model.unknownWords(in: $0) } ?? []
        let readings = order.prompt.map { model.understood($0).readings } ?? []
        for reading in readings { Console.say(reading.sentence, output) }
        for word in unknown.prefix(Self.mostTold) {
            Console.warn(
                "the model never saw the word '\(word.word)'"
                    + (word.nearest.map { "; it knows '\($0)'" } ?? "")
            )
        }
        if unknown.count > Self.mostTold {
            Console.warn("the model never saw \(unknown.count - Self.mostTold) words more")
        }
        if !unknown.isEmpty, model.knowledge == nil, order.prompt?.parameters.has(.literal) == false
        {
            Console.warn(GeneratorModel.knowledgeCure)
        }
        for counted in order.prompt.map(model.countedClasses) ?? [] {
            Console.warn("class \(counted.number), counted from 0, is '\(counted.name)'")
        }
        for text in order.prompt.map(model.longTexts) ?? [] {
            Console.warn(
                "the model reads the beginning alone of '\(text.prefix(40))…', which is too long for it"
            )
        }
        let pictures = try (order.prompt?.pictures ?? []).map {
            try Picture(contentsOf: URL(filePath: $0))
        }
        let (drawn, finished) = AsyncStream<[Drawing]>.makeStream()
        let writer = PictureWriter(
            files,
            title: order.prompt?.text,
            number: number,
            output: output
        )
        async let written = writer.write(drawn, count: order.indices.count)
        var blocked: [Blocked] = []
        do {
            for (number, indices) in batches.enumerated() {
                let drawings = try model.imagine(
                    order.prompt,
                    from: pictures,
                    by: rules,
                    seed: order.seed,
                    indices: indices,
                    adjust: manner.adjust
                ) { share in show((Double(number) + share) / Double(batches.count)) }
                let reasons = try model.blocked(drawings.map(\.picture), by: rules)
                for (drawing, reason) in zip(drawings, reasons) {
                    guard let reason else { continue }
                    blocked.append(Blocked(index: drawing.record.indices[0], kind: reason))
                }
                finished.yield(
                    try zip(drawings, reasons).filter { $0.1 == nil }.map {
                        try model.sized($0.0, files)
                    }
                )
            }
        } catch {
            finished.finish()
            _ = try? await written
            throw error
        }
        finished.finish()
        let result = try await written
        if isWatched { Terminal.clear() }
        for file in result.files { Console.say(file, output) }
        if let grid = result.grid { Console.say(grid, output) }
        for picture in blocked {
            Console.warn(
                "picture \(picture.index) is blocked: it shows \(picture.kind). \(rules.appeal)"
            )
        }
        Console.say("seed \(order.seed)", output)
        if let styles = order.prompt?.parameters.styles, !styles.isEmpty {
            Console.say("style \(styles.map(\.text).joined(separator: " "))", output)
        }
        return Report(
            prompt: order.prompt?.typed,
            seed: order.seed,
            files: result.files,
            grid: result.grid,
            unknown: unknown,
            readings: readings,
            pictures: result.records,
            blocked: blocked
        )
    }

    /// The pictures that are asked for, some at a time.
    private var batches: [[Int]] {
        stride(from: 0, to: order.indices.count, by: 64).map {
            Array(order.indices[$0..<min($0 + 64, order.indices.count)])
        }
    }

    private var isWatched: Bool { Terminal.isInteractive && !output.quiet }

    private func show(_ share: Double) {
        guard isWatched else { return }
        Terminal.show("\(order.title.prefix(60))  \(Int(share * 100)) %")
    }
}
