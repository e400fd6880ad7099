import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier look`: where the heads of a discriminator look.
struct LookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "look",
        abstract: "Show which pixels count for each head of a discriminator.",
        discussion: """
            The heads are those that it learned: how real a picture is, which class it is, and what a hidden \
            middle looks like. The sheet has a row for each picture, the picture first; the redder, the more \
            a pixel counts (derivative times pixel). Without pictures the model's own drawings are looked at.

            Example: atelier look --model runs/00007-acgan-cifar10-batch64 cat.png
            """
    )

    @Argument(help: "Pictures.")
    var pictures: [String] = []

    @Option(help: "Drawings, where no picture is named.")
    var count = 4

    @Option(help: "Key of the drawings' random numbers.")
    var seed: UInt64 = 0

    @Option(help: "The sheet to write.")
    var grid = "looks.png"

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...64).contains(count), pictures.count <= 64 else {
            throw ValidationError("look expects 1 to 64 pictures.")
        }
    }

    func run() async throws {
        let model = try model.load()
        let shown =
            pictures.isEmpty
            ? try model.draw(model.request(seed: seed, indices: Array(0..<count))).map(\.picture)
            : try pictures.map { try Picture(contentsOf: URL(filePath: $0)) }
        var (cells, reports, columns) = ([Picture](), [Report](), 1)
        for (number, picture) in shown.enumerated() {
            let (whole, looks) = try model.looks(at: picture)
            let times = max(128 / max(whole.width, whole.height), 1)
            let large = whole.flattened().converted(channels: 3).resized(
                width: times * whole.width,
                height: times * whole.height,
                kernel: .nearest
            )
            if cells.isEmpty {
                columns = looks.count + 1
                for name in ["picture"] + looks.map(\.head) {
                    let label = try SheetLabel.picture(name, width: large.width, height: 24)
                    cells.append(
                        label.centered(width: large.width, height: large.height, background: .clear)
                    )
                }
            }
            cells.append(large)
            for look in looks {
                cells.append(large.lit(by: look.map, most: look.map.joined().max() ?? 1))
            }
            let name = pictures.isEmpty ? "drawing \(number)" : pictures[number]
            reports.append(Report(picture: name, looks: looks))
            let told = looks.map { look in
                "\(look.head) \(String(format: "%.3f", look.value))"
                    + (look.told.map { " (\($0))" } ?? "")
            }
            Console.say("\(name): \(told.joined(separator: ", "))", output)
        }
        let sheet = Picture.grid(cells, columns: columns, background: .white)
            .flattened(background: .white)
        let file = try NewFile.write(
            sheet,
            to: URL(filePath: grid),
            metadata: PictureMetadata(software: "Atelier", source: .trainedAlgorithmicMedia)
        ).path
        Console.say(file, output)
        if output.json { Console.json(reports) }
    }

    /// What was found of a picture, for programs.
    private struct Report: Encodable {
        let picture: String
        let looks: [CriticLook]
    }
}
