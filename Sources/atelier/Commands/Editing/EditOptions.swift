import ArgumentParser
import Foundation
import Generation
import Prompts
import Requests

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
    ///   - task: What is done.
    ///   - pictures: The pictures' files.
    ///   - part: Which part of the picture is meant.
    /// - Throws: What is wrong with prompt, pictures or model.
    func run(
        _ task: PictureTask,
        _ pictures: [String],
        part: MaskOptions? = nil
    ) async throws {
        let rules = try rules.load()
        let prompt = try self.prompt.map { try read($0, rules) } ?? nil
        var request = PictureRequest(
            task,
            prompt,
            seed: seed ?? UInt64.random(in: 0...4_294_967_295),
            count: task.name.form.makesOne ? 1 : count,
            pictures: pictures
        )
        (request.mask, request.region) = (part?.mask, part?.parsedRegion)
        let model = try model.load(prompt?.parameters.choice)
        let name = URL(filePath: pictures[0]).deletingPathExtension().lastPathComponent
        let job = PictureJob(
            request: request,
            title: "\(name) \(task.title)",
            rules: rules,
            files: files,
            output: output
        )
        let result = try await job.run(with: model).written
        if output.json {
            Console.json(
                Report(
                    model: model.file.path,
                    seed: request.seed,
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

extension PictureTask {
    /// What files are called after.
    fileprivate var title: String {
        if case .outpaint(.zoom) = self { return "zoom" }
        return name.rawValue
    }
}
