import ArgumentParser
import Foundation
import Generation
import Runs

/// `atelier export`: weights for passing on.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the weights of a run for passing on, in 16 or 8 bits.",
        discussion: """
            Example: atelier export runs/00003-emoji-emoji-batch32 emoji.safetensors

            The discriminator's weights, which --quality needs, go beside them.
            """
    )

    @Argument(help: "A run's folder, 'last' for the newest in runs/, or a network-snapshot file.")
    var source: String

    @Argument(help: "The file to write.")
    var target: String

    @Option(help: "The type of the weights; int8 keeps whole numbers, and a step for each row.")
    var precision = WeightsExport.Precision.bfloat16

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard URL(filePath: source).standardizedFileURL != URL(filePath: target).standardizedFileURL
        else { throw ValidationError("source and target are the same file; name another target.") }
    }

    func run() async throws {
        let file = URL(filePath: target)
        for file in [file, RunFolder.critic(beside: file)]
        where FileManager.default.fileExists(atPath: file.path) {
            throw InfoError("\(file.path) is there already. Name another file.")
        }
        let export = try WeightsExport(
            of: try NamedRun.place(source),
            to: file,
            as: precision
        )
        let files = [export.network, export.discriminator].compactMap { $0?.path }
        for file in files { Console.say(file, output) }
        if output.json { Console.json(["files": files]) }
    }
}

extension WeightsExport.Precision: ExpressibleByArgument {}
