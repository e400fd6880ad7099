import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier walk`: from one drawing to another, and from the mean picture outwards.
struct WalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract:
            "Draw the ways between two drawings, and truncation from the mean picture to free drawing.",
        discussion: """
            A row for each way: straight and on a sphere between latent numbers, straight between styles of \
            models that have them; the last row is the first drawing at growing truncation.

            Example: atelier walk --model runs/00004-stylegan2-cifar10-batch64 --from 0 --to 5

            For models that draw in one step.
            """
    )

    @Option(help: "Place of the first drawing in the seed's row.")
    var from = 0

    @Option(help: "Place of the last one.")
    var to = 1

    @Option(help: "Drawings of a row.")
    var columns = 9

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(name: .customLong("class"), help: "The class, by name or number.")
    var className: String?

    @Option(help: "The sheet to write.")
    var grid = "walk.png"

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("--columns", columns, 2...64), ("--from", from, 0...999_999_999),
            ("--to", to, 0...999_999_999),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
    }

    func run() async throws {
        let model = try model.load()
        var request = model.request(seed: seed, indices: [from, to])
        request.parts = className.map { [Prompt.Part(text: $0, weight: 1)] } ?? []
        var rows: [(name: String, values: [Double], pictures: [Picture])] = []
        let shares = (0..<columns).map { Double($0) / Double(columns - 1) }
        for path in model.paths {
            let pictures = try model.walked(path, steps: columns, request)
            rows.append((path.rawValue, shares, pictures))
        }
        var one = request
        one.indices = [from]
        let drawn = try shares.map { share in
            one.sampling.truncation = share
            return try model.draw(one)[0]
        }
        rows.append(("truncation", shares, drawn.map(\.picture)))
        let size = (width: drawn[0].picture.width, height: drawn[0].picture.height)
        let cells = try rows.flatMap { row in
            [try SheetLabel.picture(row.name, width: max(size.width, 64), height: size.height)]
                + row.pictures
        }
        let sheet = Picture.grid(cells, columns: columns + 1, background: .white)
            .flattened(background: .white)
        let file = try NewFile.write(
            sheet,
            to: URL(filePath: grid),
            metadata: try drawn[0].metadata()
        ).path
        Console.say(file, output)
        if output.json {
            Console.json(
                Report(grid: file, rows: rows.map { Report.Row(name: $0.name, values: $0.values) })
            )
        }
    }

    /// What was drawn, for programs.
    private struct Report: Encodable {
        struct Row: Encodable {
            let name: String
            let values: [Double]
        }

        let grid: String
        let rows: [Row]
    }
}
