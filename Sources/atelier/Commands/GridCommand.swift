import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier grid`: a prompt with what changes along two or three sides.
struct GridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grid",
        abstract: "Draw a prompt in a table: what changes along x, y and z.",
        discussion: """
            Examples:
              atelier grid "a red apple" --x "red | green | blue" --y "seed 1-4"
              atelier grid "a cat" --x "chaos 0-100[5]" --y "stylize 0,100,1000" --z "weird 0-1000[2]"

            A sheet for each value of z, with labels, and each picture by itself.
            """
    )

    @Argument(help: "What to draw, and parameters, in quotes.")
    var prompt: String

    @Option(help: "What changes from column to column.")
    var x: String

    @Option(help: "What changes from row to row.")
    var y: String?

    @Option(help: "What changes from sheet to sheet.")
    var z: String?

    @Option(help: "Key of all random numbers; a new one by default.")
    var seed: UInt64?

    @Option(name: [.short, .long], help: "The folder to write to.")
    var out = "grid"

    @Option(help: "Enlarge each picture so many times, pixel by pixel.")
    var enlarge = 1

    @OptionGroup var model: ModelOptions

    @OptionGroup var rules: RuleOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...64).contains(enlarge) else {
            throw ValidationError("--enlarge expects 1 to 64, found \(enlarge).")
        }
    }

    func run() async throws {
        let axes = [
            try GridAxis(x, option: "--x"), try y.map { try GridAxis($0, option: "--y") },
            try z.map { try GridAxis($0, option: "--z") },
        ]
        let count = axes.reduce(1) { $0 * ($1?.values.count ?? 1) }
        guard count <= 1000 else {
            throw ValidationError("the axes make \(count) pictures, expected 1000 at most.")
        }
        let cells = try cells(axes, seed ?? UInt64.random(in: 0...4_294_967_295))
        let first = cells[0].prompt
        guard cells.allSatisfy({ $0.prompt.parameters.choice == first.parameters.choice }) else {
            throw ValidationError(
                "--version or --lora differs from cell to cell, expected one model."
            )
        }
        let model = try model.load(first.parameters.choice)
        let rules = try rules.load()
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var files: [String] = []
        var drawn: [[Picture]] = []
        var records: [Drawing.Record] = []
        for cell in cells {
            let begun = try cell.prompt.pictures.map { try Picture(contentsOf: URL(filePath: $0)) }
            let drawing = try model.imagine(
                cell.prompt,
                from: begun,
                by: rules,
                seed: cell.seed,
                indices: [0]
            )[0]
            if let kind = try model.blocked([drawing.picture], by: rules)[0] {
                throw PromptError(.blocked, "a drawing shows \(kind). \(rules.appeal)")
            }
            let large = try model.sized(
                drawing,
                enlarge: enlarge,
                side: enlarge == 1 ? model.usualSide(of: drawing) : nil
            )
            files.append(try NewFile.write(large, to: folder.appending(path: cell.file)).path)
            records.append(large.record)
            if cell.place.0 == 0, cell.place.1 == 0 { drawn.append([]) }
            drawn[drawn.count - 1].append(enlarge == 1 ? large.picture : drawing.picture)
        }
        for (number, pictures) in drawn.enumerated() {
            let sheet = try sheet(onSheet(pictures), axes, number)
            files.append(
                try NewFile.write(
                    sheet,
                    to: folder.appending(path: "grid-\(number).png"),
                    metadata: PictureMetadata(parameters: prompt)
                ).path
            )
        }
        for file in files { Console.say(file, output) }
        Console.say("seed \(cells[0].seed)", output)
        if output.json {
            Console.json(Report(files: files, pictures: records))
        }
    }

    /// Pictures as a sheet shows them: all of one size, enlarged as far as it stays within 134 million pixels.
    private func onSheet(_ pictures: [Picture]) -> [Picture] {
        let width = pictures.map(\.width).max() ?? 1
        let height = pictures.map(\.height).max() ?? 1
        let pixels = Double(width * height * pictures.count)
        let most = (Double(Picture.mostPixelsAtWork) / pixels).squareRoot()
        let times = min(enlarge, max(Int(most), 1))
        return pictures.map {
            $0.resized(width: width * times, height: height * times, kernel: .nearest)
        }
    }

    /// One picture of the table.
    private struct Cell {
        let prompt: Prompt
        let seed: UInt64
        let place: (Int, Int)
        let file: String
    }

    /// All pictures, sheet after sheet, row after row.
    private func cells(_ axes: [GridAxis?], _ seed: UInt64) throws -> [Cell] {
        let presets = try PresetsFile.own.read()
        let rules = try rules.load()
        func values(_ axis: Int) -> [String?] { axes[axis]?.values.map(Optional.some) ?? [nil] }
        var cells: [Cell] = []
        for (sheet, third) in values(2).enumerated() {
            for (row, second) in values(1).enumerated() {
                for (column, first) in values(0).enumerated() {
                    var (text, key) = (prompt, seed)
                    for (axis, value) in zip(axes, [first, second, third]) {
                        guard let axis, let value else { continue }
                        (text, key) = try axis.apply(value, text, key)
                    }
                    let read = try Prompt.all(of: text, presets: presets, limit: 1)[0]
                        .withChosenStyle
                    try rules.check(read)
                    cells.append(
                        Cell(
                            prompt: read,
                            seed: seedOfCell(key, read),
                            place: (row, column),
                            file: "\(sheet)-\(row)-\(column).png"
                        )
                    )
                }
            }
        }
        return cells
    }

    /// The seed of an axis or option, or else what the prompt itself says.
    private func seedOfCell(_ key: UInt64, _ prompt: Prompt) -> UInt64 {
        let isNamed = seed != nil || [x, y, z].contains { $0?.hasPrefix("seed ") == true }
        return isNamed ? key : prompt.parameters.seed ?? key
    }

    /// A sheet with its labels.
    private func sheet(_ pictures: [Picture], _ axes: [GridAxis?], _ number: Int) throws -> Picture
    {
        let columns = axes[0]?.values.count ?? 1
        let (width, height) = (pictures[0].width, pictures[0].height)
        func label(_ text: String) throws -> Picture {
            try SheetLabel.picture(text, width: width, height: height)
        }
        let empty = Picture(width: width, height: height, channels: 4, filledWith: .clear)
        let corner = try axes[2].map { try label($0.label($0.values[number])) } ?? empty
        var cells = [corner]
        for value in axes[0]?.values ?? [] { cells.append(try label(axes[0]?.label(value) ?? "")) }
        for (row, start) in stride(from: 0, to: pictures.count, by: columns).enumerated() {
            cells.append(try axes[1].map { try label($0.label($0.values[row])) } ?? empty)
            cells += pictures[start..<start + columns]
        }
        return Picture.grid(cells, columns: columns + 1, background: .white)
            .flattened(background: .white)
    }

    /// What was drawn, for programs.
    private struct Report: Encodable {
        let files: [String]
        let pictures: [Drawing.Record]
    }
}
