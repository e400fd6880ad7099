import ArgumentParser
import Foundation
import Generation
import Imaging
import Prompts

/// What all commands that edit pictures take.
struct EditOptions: ParsableArguments {
    @Option(help: "What to draw; by default what the picture itself was drawn from.")
    var prompt: String?

    @Option(help: "Key of all random numbers; a new one by default.")
    var seed: UInt64?

    @Option(name: [.customShort("n"), .long], help: "How many results.")
    var count = 4

    @OptionGroup var model: ModelOptions

    @OptionGroup var rules: RuleOptions

    @OptionGroup var files: PictureFileOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(count) else {
            throw ValidationError("--count expects 1 to 1000, found \(count).")
        }
    }

    /// Makes the results of an edit and writes them.
    ///
    /// - Parameters:
    ///   - paths: The pictures' files.
    ///   - edit: Makes results of the pictures.
    /// - Throws: What is wrong with prompt, pictures or model.
    func run(
        _ paths: [String],
        edit: (GeneratorModel, [Picture], DrawingRequest) throws -> [Drawing]
    ) async throws {
        let rules = try rules.load()
        let prompt = try self.prompt.map { try read($0, rules) } ?? nil
        let pictures = try paths.map { try Picture(contentsOf: URL(filePath: $0)) }
        let model = try model.load(named: prompt?.parameters.model)
        let seed = seed ?? UInt64.random(in: 0...4_294_967_295)
        let request = try model.edit(
            prompt,
            of: paths.map { URL(filePath: $0) },
            seed: seed,
            indices: Array(0..<count),
            by: rules
        )
        let made = try edit(model, pictures, request)
        let reasons = try model.blocked(made.map(\.picture), by: rules)
        for (drawing, reason) in zip(made, reasons) {
            guard let reason else { continue }
            let place = drawing.record.indices.first ?? 0
            Console.warn("result \(place) is blocked: it shows \(reason). \(rules.appeal)")
        }
        var drawings = try zip(made, reasons).filter { $0.1 == nil }.map {
            try model.sized($0.0, files)
        }
        model.note(prompt, in: &drawings)
        let title = paths.first.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
        let (drawn, finished) = AsyncStream<[Drawing]>.makeStream()
        finished.yield(drawings)
        finished.finish()
        let name = [title, drawings.first?.record.edit?.name].compactMap { $0 }
        let result = try await PictureWriter(
            files,
            title: name.joined(separator: " "),
            output: output
        ).write(drawn, count: drawings.count)
        for file in result.files { Console.say(file, output) }
        if let grid = result.grid { Console.say(grid, output) }
        Console.say("seed \(seed)", output)
        if output.json {
            Console.json(
                Report(
                    model: model.file.path,
                    seed: seed,
                    files: result.files,
                    grid: result.grid,
                    pictures: result.records
                )
            )
        }
    }

    /// A prompt that the rules allow, one alone.
    private func read(_ text: String, _ rules: PromptRules) throws -> Prompt? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        let prompts = try Prompt.all(of: text, presets: PresetsFile.own.read(), limit: 1).map(
            \.withChosenStyle
        )
        for prompt in prompts { try rules.check(prompt) }
        return prompts[0]
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        let model: String
        let seed: UInt64
        let files: [String]
        let grid: String?
        let pictures: [Drawing.Record]
    }
}
