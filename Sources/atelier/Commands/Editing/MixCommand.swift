import ArgumentParser
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

            For models of styles (stylegan2).
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

    @OptionGroup var manner: MannerOptions

    @OptionGroup var model: ModelOptions

    @OptionGroup var files: PictureFileOptions

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let rows = try NumberRange.list(coarse, option: "--coarse")
        let columns = try NumberRange.list(fine, option: "--fine")
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
        manner.adjust(&request.manner)
        let drawings = try model.mixed(
            coarse: rows,
            fine: columns,
            crossover: crossover,
            request
        )
        let file = URL(filePath: files.grid ?? "mixed.png")
        let larger = drawings.map { $0.enlarged(files.enlarge) }
        let sheet = Drawing.sheet(larger, columns: columns.count)
        try sheet.picture.write(to: file, metadata: try sheet.metadata())
        Console.say(file.path, output)
        if output.json { Console.json(Report(file: file.path, pictures: drawings.map(\.record))) }
    }

    /// What was drawn, for programs.
    private struct Report: Encodable {
        let file: String
        let pictures: [Drawing.Record]
    }
}
