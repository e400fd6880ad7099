import ArgumentParser
import Files
import Foundation
import Generation
import Imaging

/// `atelier layers`: a generator layer by layer.
struct LayersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers",
        abstract: "Show what each layer of a generator holds while a picture is drawn.",
        discussion: """
            A row for each layer, from coarse to fine, with the channels that differ most from place to \
            place, each from its smallest number (black) to its largest (white). For models of codes the \
            decoder is shown.

            Example: atelier layers "red heart" --seed 3
            """
    )

    @Argument(help: "What to draw; left open by default.")
    var prompt: [String] = []

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(help: "Place of the drawing in the seed's row.")
    var index = 0

    @Option(help: "Channels of each layer.")
    var channels = 8

    @Option(help: "The sheet to write.")
    var grid = "layers.png"

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("--channels", channels, 1...64), ("--index", index, 0...999_999_999),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
    }

    func run() async throws {
        let model = try model.load()
        var request = model.request(seed: seed, indices: [index])
        let text = prompt.joined(separator: " ")
        if !text.isEmpty { request.parts = [.init(text: text, weight: 1)] }
        let (drawing, layers) = try model.layers(request, channels: channels)
        let side = 96
        func large(_ picture: Picture) -> Picture {
            let times = Double(side) / Double(max(picture.width, picture.height))
            return picture.flattened().converted(channels: 3).resized(
                width: max(Int(times * Double(picture.width)), 1),
                height: max(Int(times * Double(picture.height)), 1),
                kernel: .nearest
            )
        }
        func label(_ text: String) throws -> Picture {
            try SheetLabel.picture(text, width: side, height: 24)
                .centered(width: side, height: side, background: .clear)
        }
        let blank = Picture(width: side, height: side, channels: 4, filledWith: .clear)
        var cells = [try label("drawn"), large(drawing.picture)]
        cells += [Picture](repeating: blank, count: channels - 1)
        for (view, maps) in layers {
            let size = "\(view.name)\n\(view.channels) × \(view.columns)×\(view.rows)"
            cells.append(try label(size))
            cells += maps.map(large)
            cells += [Picture](repeating: blank, count: channels - maps.count)
            Console.say(
                String(
                    format: "%@: %d channels of %d×%d, mean %.3f, deviation %.3f, %.0f %% flat",
                    view.name,
                    view.channels,
                    view.columns,
                    view.rows,
                    view.mean,
                    view.deviation,
                    100 * view.flat
                ),
                output
            )
        }
        let sheet = Picture.grid(cells, columns: channels + 1, background: .white)
            .flattened(background: .white)
        let file = try NewFile.write(
            sheet,
            to: URL(filePath: grid),
            metadata: try drawing.metadata()
        ).path
        Console.say(file, output)
        if output.json { Console.json(Report(grid: file, layers: layers.map(\.view))) }
    }

    /// What was found, for programs.
    private struct Report: Encodable {
        let grid: String
        let layers: [LayerView]
    }
}
