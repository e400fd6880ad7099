import ArgumentParser
import Foundation
import Generation
import Prompts
import Requests
import Speech

/// `atelier imagine`: draws what is asked for.
struct ImagineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imagine",
        abstract: "Draw what is asked for, in words or by the name of a class.",
        discussion: """
            Examples:
              atelier imagine "a red apple"
              atelier imagine "{red, green} apple --chaos 30" --seed 7
              atelier imagine 红苹果 --no 叶子 -n 9
              atelier imagine --model runs/00013-digits-mnist-batch32 3 -n 16 --grid threes.png
              atelier imagine --table prompts.csv --out material --size 256
              atelier imagine --speech question.wav -n 9

            Words come first, parameters such as --chaos 30 after them, within the quotes or without. \
            'atelier imagine --parameters' lists all, and which of them the model follows.

            Picture i of a seed is the same to the last bit, however many are drawn with it.
            """
    )

    @Argument(
        parsing: .allUnrecognized,
        help: "What to draw, and parameters; nothing leaves it open."
    )
    var prompt: [String] = []

    @OptionGroup var model: ModelOptions

    @Option(help: "Key of all random numbers, 0 to 18446744073709551615; a new one by default.")
    var seed: UInt64?

    @Option(help: "Several keys, as in 0,4-6: the pictures of each.")
    var seeds: String?

    @Option(name: [.customShort("n"), .long], help: "How many pictures; 4, or 24 with --draft.")
    var count: Int?

    @Option(help: "Draw this one picture of the seed's row instead.")
    var index: Int?

    @Option(
        help: "Prompts from a table (CSV) with a column 'prompt'; 'seed' and 'count' may follow."
    )
    var table: String?

    @OptionGroup var speech: SpeechOptions

    @OptionGroup var sampling: SamplingArguments

    @OptionGroup var rules: RuleOptions

    @OptionGroup var files: PictureFileOptions

    @Flag(help: "List the parameters and whether the model follows them, and draw nothing.")
    var parameters = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let count, !(1...100_000).contains(count) {
            throw ValidationError("--count expects 1 to 100000, found \(count).")
        }
        if let index, !(0...999_999_999).contains(index) {
            throw ValidationError("--index expects 0 to 999999999, found \(index).")
        }
        if index != nil, count != nil {
            throw ValidationError("--index and --count are both given, expected one of them.")
        }
        if seed != nil, seeds != nil {
            throw ValidationError("--seed and --seeds both name seeds, expected one of them.")
        }
        if table != nil, !prompt.isEmpty {
            throw ValidationError("--table and a prompt are both given, expected one of them.")
        }
        if speech.speech != nil, table != nil {
            throw ValidationError("--table and --speech are both given, expected one of them.")
        }
        if speech.speech != nil, let word = prompt.first, !word.hasPrefix("--") {
            throw ValidationError(
                "--speech says what to draw, found '\(word)' beside it; parameters may follow."
            )
        }
    }

    func run() async throws {
        if parameters { return try listParameters() }
        let spoken = try heard()
        let requests = try self.requests(spoken?.transcript.text)
        if files.grid != nil, requests.count > 1 {
            throw ValidationError("--grid is one sheet, found \(requests.count) jobs; use --out.")
        }
        let choice = try ModelChoice.only(of: requests.compactMap(\.prompt))
        let model = try spoken?.model ?? model.load(choice)
        if requests.count > 1 {
            Console.say("\(requests.count) jobs:", output)
            for request in requests {
                Console.say("  \(request.prompt?.typed ?? "anything")", output)
            }
        }
        var jobs: [JobReport] = []
        var names: [String: Int] = [:]
        for request in requests {
            // Jobs that differ in parameters alone would have the same names.
            let name = "\(PictureWriter.stem(request.prompt?.text ?? ""))\(request.seed)"
            names[name, default: 0] += 1
            let job = PictureJob(
                request: request,
                title: request.prompt?.text,
                number: names[name] ?? 1,
                rules: try rules.load(),
                files: files,
                output: output
            )
            jobs.append(JobReport(request, try await job.run(with: model)))
        }
        if output.json {
            Console.json(
                Report(model: model.file.path, speech: spoken?.transcript, jobs: jobs)
            )
        }
    }

    /// What is said in a recording, and the model that it is said to; nothing without one.
    private func heard() throws -> (model: GeneratorModel, transcript: Transcript)? {
        // What most likely is wrong is looked at first, in no time.
        guard let sound = try speech.sound() else { return nil }
        // Parameters may name the model, and what it knows is what is listened for.
        let typed = (["speech"] + prompt).joined(separator: " ")
        let prompts = try Prompt.all(of: typed, presets: PresetsFile.own.read())
        let model = try model.load(prompts.first?.parameters.choice)
        let transcript = try speech.transcript(of: sound, for: model)
        Console.say("heard: \(transcript.text)", output)
        return (model, transcript)
    }

    /// All that is asked for: each prompt of the braces, with each seed.
    ///
    /// - Parameter said: What was said in place of typing it.
    /// - Returns: A request for each.
    /// - Throws: What is wrong with prompts, seeds or the table.
    private func requests(_ said: String?) throws -> [PictureRequest] {
        let presets = try PresetsFile.own.read()
        let rules = try rules.load()
        let chance = UInt64.random(in: 0...4_294_967_295)
        let read = try table.map { try PromptTable(contentsOf: URL(filePath: $0)) }
        if let ignored = read?.ignored, !ignored.isEmpty {
            Console.warn(
                "columns of \(table ?? "the table") that mean nothing here: \(ignored.joined(separator: ", "))"
            )
        }
        let typed = ([said].compactMap(\.self) + prompt).joined(separator: " ")
        let asked =
            read?.rows ?? [PromptTable.Row(prompt: typed, seed: nil, count: nil)]
        var requests: [PictureRequest] = []
        for row in asked {
            let prompts =
                row.prompt.allSatisfy(\.isWhitespace)
                ? [nil] : try Prompt.all(of: row.prompt, presets: presets).map(\.withChosenStyle)
            for prompt in prompts {
                if let prompt { try rules.check(prompt) }
                let own = row.seed ?? prompt?.parameters.seed
                if seeds != nil, own != nil || (prompt?.parameters.repetitions ?? 1) > 1 {
                    throw ValidationError(
                        "--seeds names the seeds: leave --seed and --repeat out of prompts and tables."
                    )
                }
                let seeds = try self.seeds(
                    first: row.seed ?? seed ?? prompt?.parameters.seed ?? chance,
                    repetitions: prompt?.parameters.repetitions ?? 1
                )
                let usual = prompt?.parameters.has(.draft) == true ? 24 : 4
                requests += seeds.map { seed in
                    var request = PictureRequest(
                        .imagine,
                        prompt,
                        seed: seed,
                        first: index ?? 0,
                        count: index == nil ? row.count ?? count ?? usual : 1,
                        pictures: prompt?.pictures ?? []
                    )
                    request.sampling = sampling.changes
                    return request
                }
            }
        }
        return requests
    }

    private func seeds(first: UInt64, repetitions: Int) throws -> [UInt64] {
        guard let seeds else { return (0..<UInt64(repetitions)).map { first &+ $0 } }
        return try NumberList.list(seeds, option: "--seeds").map(UInt64.init)
    }

    private func listParameters() throws {
        let support = try model.load().support
        for parameter in PromptParameter.allCases {
            let names = ([parameter.rawValue] + parameter.aliases).map { "--\($0)" }
            let reason = support.reasons[parameter].map { " (not here: \($0))" } ?? ""
            Console.say("\(names.joined(separator: ", ")): \(parameter.summary)\(reason)", output)
        }
        if output.json { Console.json(support) }
    }

    /// What was drawn, for programs.
    private struct Report: Encodable {
        let model: String
        let speech: Transcript?
        let jobs: [JobReport]
    }

    /// What was drawn of one prompt and seed.
    private struct JobReport: Encodable {
        let prompt: String?
        let seed: UInt64
        let files: [String]
        let grid: String?
        let unknown: [UnknownWord]
        let readings: [WordReading]
        let pictures: [Drawing.Record]
        let blocked: [PictureJob.Blocked]

        init(_ request: PictureRequest, _ result: PictureJob.Result) {
            (prompt, seed) = (request.prompt?.typed, request.seed)
            (files, grid) = (result.written.files, result.written.grid)
            (unknown, readings) = (result.unknown, result.readings)
            (pictures, blocked) = (result.written.records, result.blocked)
        }
    }
}
