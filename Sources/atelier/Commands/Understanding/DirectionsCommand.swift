import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier directions`: what a model of styles can be moved along.
struct DirectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directions",
        abstract: "Find directions along which a model's pictures change, and draw them.",
        discussion: """
            Each row of the sheet is a direction, those that matter most first; the middle of a row is the \
            drawing itself. 'sefa' reads directions off the weights, 'ganspace' from where ten thousand \
            styles lie; a step is the direction's own length there, and one deviation here.

            Example: atelier directions --model runs/00004-stylegan2-cifar10-batch64 --method ganspace

            For models of styles (stylegan2, stylegan3).
            """
    )

    @Option(help: "sefa or ganspace.")
    var method = LatentDirections.Method.sefa

    @Option(help: "How many directions.")
    var count = 6

    @Option(help: "How far the first and the last picture of a row are moved, in steps.")
    var reach = 3.0

    @Option(help: "Pictures of a row, an odd number.")
    var columns = 7

    @Option(help: "Layers that move, as in 0-3; all by default.")
    var layers: String?

    @Option(help: "Styles that ganspace looks at.")
    var samples = 10_000

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(help: "Place of the drawing in the seed's row.")
    var index = 0

    @Option(name: .customLong("class"), help: "The class, by name or number.")
    var className: String?

    @Option(help: "What remains of the distance to the mean picture: 0.7 is safer, 1 leaves all.")
    var truncation = 1.0

    @Option(help: "The sheet to write.")
    var grid = "directions.png"

    @Option(help: "Write the directions themselves to this file, as JSON.")
    var save: String?

    @Option(help: "Enlarge each picture so many times, pixel by pixel.")
    var enlarge = 1

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("--count", count, 1...64), ("--columns", columns, 3...33),
            ("--samples", samples, 10...1_000_000), ("--index", index, 0...999_999_999),
            ("--enlarge", enlarge, 1...64),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
        guard !columns.isMultiple(of: 2) else {
            throw ValidationError("--columns expects an odd number, found \(columns).")
        }
        guard reach > 0, reach <= 1000 else {
            throw ValidationError("--reach expects a number up to 1000, found \(reach).")
        }
        guard (0...2).contains(truncation) else {
            throw ValidationError("--truncation expects 0 to 2, found \(truncation).")
        }
    }

    func run() async throws {
        let numbers = try layers.map { try NumberList.list($0, option: "--layers") }
        let moving = numbers.flatMap { all in
            all.min().flatMap { low in all.max().map { low..<$0 + 1 } }
        }
        if let numbers, let moving, Set(numbers) != Set(moving) {
            throw ValidationError(
                "--layers expects neighbours, as in 0-3, found '\(layers ?? "")'."
            )
        }
        let model = try model.load()
        let found = try model.directions(
            method,
            count: count,
            layers: moving,
            samples: samples,
            seed: seed
        )
        var request = DrawingRequest(
            seed: seed,
            indices: [index],
            parts: className.map { [Prompt.Part(text: $0, weight: 1)] } ?? []
        )
        request.sampling.truncation = truncation
        let middle = Double(columns / 2)
        var drawings: [Drawing] = []
        for (vector, strength) in zip(found.vectors, found.strengths) {
            let unit = found.method == .ganspace ? strength : 1
            drawings += try model.moved(
                along: vector,
                by: (0..<columns).map { (Double($0) - middle) / middle * reach * unit },
                layers: moving,
                request
            )
        }
        let sheet = Drawing.sheet(drawings.map { $0.enlarged(enlarge) }, columns: columns)
        let file = try NewFile.write(sheet, to: URL(filePath: grid)).path
        if let save {
            let saved = try NewFile.write(
                try JSONEncoder().encode(found),
                to: URL(filePath: save)
            ).path
            Console.say(saved, output)
        }
        Console.say(file, output)
        for (number, strength) in found.strengths.enumerated() {
            Console.say(String(format: "direction %d: %.4g", number + 1, strength), output)
        }
        if output.json {
            Console.json(Report(grid: file, method: found.method, strengths: found.strengths))
        }
    }

    /// What was found, for programs.
    private struct Report: Encodable {
        let grid: String
        let method: LatentDirections.Method
        let strengths: [Double]
    }
}

extension LatentDirections.Method: ExpressibleByArgument {}
