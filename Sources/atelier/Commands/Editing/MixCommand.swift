import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier mix`: coarse styles of some drawings with fine ones of others.
struct MixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mix",
        abstract: "Draw a table of pictures: coarse styles by row, fine ones by column.",
        discussion: """
            Example: atelier mix --model runs/00004-stylegan2-cifar10-batch64 --coarse 0-3 --fine 4-9

            For models of styles (stylegan2, stylegan3).
            """
    )

    @Option(help: "Places of the seed's row that give shapes, as in 0-3.")
    var coarse = "0-3"

    @Option(help: "Places that give colours and details.")
    var fine = "4-9"

    @Option(help: "The first layer that takes fine styles; half of them by default.")
    var crossover: Int?

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(name: .customLong("class"), help: "The class, by name or number.")
    var className: String?

    @Option(help: "What remains of the distance to the mean picture: 0.7 is safer, 1 leaves all.")
    var truncation = 1.0

    @Option(help: "The file to write.")
    var grid = "mixed.png"

    @Option(help: "Enlarge each picture so many times, pixel by pixel.")
    var enlarge = 1

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...64).contains(enlarge) else {
            throw ValidationError("--enlarge expects 1 to 64, found \(enlarge).")
        }
        guard (0...2).contains(truncation) else {
            throw ValidationError("--truncation expects 0 to 2, found \(truncation).")
        }
    }

    func run() async throws {
        let rows = try NumberList.list(coarse, option: "--coarse")
        let columns = try NumberList.list(fine, option: "--fine")
        guard rows.count * columns.count <= 1024 else {
            throw ValidationError(
                "a table of \(rows.count * columns.count) pictures; 1024 at most."
            )
        }
        let model = try model.load()
        var request = DrawingRequest(
            seed: seed,
            indices: [],
            parts: className.map { [Prompt.Part(text: $0, weight: 1)] } ?? []
        )
        request.sampling.truncation = truncation
        let drawings = try model.mixed(
            coarse: rows,
            fine: columns,
            crossover: crossover,
            request
        )
        let larger = drawings.map { $0.enlarged(enlarge) }
        let sheet = Drawing.sheet(larger, columns: columns.count)
        let file = try NewFile.write(sheet, to: URL(filePath: grid)).path
        Console.say(file, output)
        if output.json { Console.json(Report(file: file, pictures: drawings.map(\.record))) }
    }

    /// What was drawn, for programs.
    private struct Report: Encodable {
        let file: String
        let pictures: [Drawing.Record]
    }
}
