import ArgumentParser
import Evaluation
import Files
import Foundation
import Generation
import Runs
import Training

/// `atelier study`: trains ways to train beside each other and writes tables.
struct StudyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study",
        abstract:
            "Compare the joint systems with their parts: same time, several seeds, intervals.",
        discussion: """
            Questions: tasks (classification, restoration and a refiner, alone and together, \
            against the plain game), likelihood (a pixel model in the joint loop and alone), \
            tokenizer (with and without each task of its discriminator).

            What the folder has is not done again: after Ctrl-C the same command goes on.
            """
    )

    @Argument(help: "Questions; all three by default.")
    var questions = ["tasks", "likelihood", "tokenizer"]

    @Option(help: "mnist or cifar10; emoji for tokenizer.")
    var set = "mnist"

    @Option(help: "Minutes of training of each run.")
    var minutes = 10.0

    @Option(parsing: .upToNextOption, help: "Seeds of the runs.")
    var seeds: [UInt64] = [1, 2, 3]

    @Option(help: "Drawings and held-out pictures to compare.")
    var samples = 2000

    @Option(help: "Threads of the processor.")
    var threads: Int?

    @Option(
        name: .customLong("set-key"),
        help: "Change all recipes: key.path=value; may be repeated."
    )
    var changes: [String] = []

    @Option(help: "Where the pictures lie.")
    var data: String?

    @Option(help: "The study's folder.")
    var out = "study"

    @Option(help: "Write the tables to this file, too.")
    var report: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard minutes > 0, minutes <= 1_000_000 else {
            throw ValidationError(
                "--minutes expects a number above 0, 1000000 at most, found \(minutes)."
            )
        }
        guard samples >= 10 else {
            throw ValidationError("--samples expects a number from 10, found \(samples).")
        }
        guard !seeds.isEmpty, Set(seeds).count == seeds.count else {
            throw ValidationError("--seeds expects one seed at least, each once.")
        }
    }

    func run() async throws {
        var options = Study.Options()
        options.questions = questions
        options.set = set
        options.minutes = minutes
        options.seeds = seeds
        options.samples = samples
        options.threads = threads
        options.changes = changes
        options.dataPath = data.map { URL(filePath: $0).path }
        Console.outliveOutput()
        let stop = StopRequest()
        let signals = StopSignals(stop)
        defer { signals.end() }
        let study = Study(
            in: URL(filePath: out, directoryHint: .isDirectory),
            options: options,
            stop: stop,
            measuring: GeneratorMeter.measuring { [output] in Console.say($0, output) }
        ) { [output] in Console.say($0, output) }
        guard let tables = try await study.run() else {
            throw ExitCode(stop.cause == .terminated ? 143 : 130)
        }
        if let report {
            Console.say(
                try NewFile.write(Data(tables.utf8), to: URL(filePath: report)).path,
                output
            )
        }
        Console.outliveOutput(false)
        Console.print(tables + "\n")
    }
}

extension GeneratorMeter {
    /// Measures the runs of a study.
    static func measuring(_ notice: @escaping @Sendable (String) -> Void) -> Study.Measuring {
        { recipe, options, folder in
            let form = RealPictures.Form(
                width: recipe.data.width,
                height: recipe.data.height,
                channels: recipe.data.channels
            )
            let real = try RealPictures(
                recipe.data.set,
                path: options.dataPath,
                as: form,
                notice: notice
            )
            return RunMeter(
                meter: try GeneratorMeter(
                    real,
                    samples: options.samples,
                    keptIn: folder,
                    notice: notice
                )
            )
        }
    }

    /// Reads the file of each run.
    private struct RunMeter: StudyMeter {
        let meter: GeneratorMeter

        var accuracy: Double { meter.accuracy ?? .nan }

        func figuresOfReal() throws -> [String: Double] { try meter.figuresOfReal() }

        func figures(of file: URL) throws -> [String: Double] {
            try meter.figures(of: GeneratorModel(contentsOf: file))
        }
    }
}
