import ArgumentParser
import Files
import Foundation
import Generation
import Imaging

/// `atelier nearest`: what a picture may have been learned by heart from.
struct NearestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nearest",
        abstract: "Find the training pictures nearest to drawings: how much is learned by heart.",
        discussion: """
            Example: atelier nearest pictures/*.png --sheet nearest.png

            Distances are mean differences at 16 pixels a side: 0 is the same picture, and below 0.02 a \
            person sees no difference. The sheet has a row for each picture, its neighbours beside it.
            """
    )

    @Argument(help: "Pictures.")
    var pictures: [String]

    @Option(name: [.customShort("n"), .long], help: "How many neighbours of each.")
    var count = 3

    @Option(help: "Write a sheet of all pictures with their neighbours to this file.")
    var sheet: String?

    @Option(help: "Where the model's training pictures lie; the known places by default.")
    var data: String?

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...20).contains(count) else {
            throw ValidationError("--count expects 1 to 20, found \(count).")
        }
    }

    func run() async throws {
        let model = try model.load()
        let index = try PictureIndex(of: model, path: data) { Console.warn($0) }
        var cells: [Picture] = []
        var reports: [Report] = []
        for path in pictures {
            let picture = try Picture(contentsOf: URL(filePath: path))
            let near = try model.nearest(to: picture, in: index, count: count)
            for neighbour in near {
                let distance = String(format: "%.3f", neighbour.distance)
                Console.say(
                    "\(path): \(distance)  \(neighbour.identifier)  \(neighbour.caption)",
                    output
                )
            }
            cells.append(
                picture.resized(width: model.size.width, height: model.size.height, fit: .contain)
            )
            cells += near.map(index.picture)
            reports.append(Report(picture: path, nearest: near))
        }
        if let sheet {
            let grid = Picture.grid(cells, columns: count + 1, background: .white)
            let file = try NewFile.write(
                grid,
                to: URL(filePath: sheet),
                metadata: PictureMetadata()
            ).path
            Console.say(file, output)
        }
        if output.json { Console.json(reports) }
    }

    /// A picture with its neighbours, for programs.
    private struct Report: Encodable {
        let picture: String
        let nearest: [PictureIndex.Neighbour]
    }
}
