import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts
import Requests

/// `atelier adverts`: a page of an exact size for each line of a table.
struct AdvertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adverts",
        abstract: "Make a page of an exact size, with words, for each line of a table.",
        discussion: """
            Example: atelier adverts campaign.csv --out campaign

            The table is a CSV file with a column 'prompt'. These may follow: size (1080x1350), text, place \
            (\(PageLayout.Place.allCases.map(\.rawValue).joined(separator: ", "))), background (a colour by name or #rrggbb), bleed \
            (pixels beyond each side), name (of the file), seed, count.

            What is there already is not drawn again: after a break the same command makes the rest.
            """
    )

    @Argument(help: "The table.")
    var table: String

    @Option(name: [.short, .long], help: "Write the pages to this folder.")
    var out = "adverts"

    @Option(help: "Width and height where the table does not say, in pixels.")
    var size = "1080x1080"

    @Option(help: "Key of the first line's random numbers; each further line has the next one.")
    var seed: UInt64 = 0

    @OptionGroup var model: ModelOptions

    @OptionGroup var rules: RuleOptions

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let rows = try rows()
        let rules = try rules.load()
        for row in rows {
            if let prompt = row.prompt { try rules.check(prompt) }
        }
        let model = try model.load(ModelChoice.only(of: rows.compactMap(\.prompt)))
        var report = Report()
        for (number, row) in rows.enumerated() {
            let place = URL(filePath: out, directoryHint: .isDirectory)
                .appending(path: "\(row.name).png")
            if row.isThere(place, by: model) {
                report.there.append(place.path)
            } else {
                try make(row, place, model, rules, &report)
            }
            Console.say("\(number + 1) of \(rows.count): \(place.path)", output)
        }
        for name in report.blocked {
            Console.warn("'\(name)' is not shown: it shows what the rules do not allow")
        }
        if output.json { Console.json(report) }
    }

    /// Draws a page and writes it.
    private func make(
        _ row: AdvertRow,
        _ place: URL,
        _ model: GeneratorModel,
        _ rules: PromptRules,
        _ report: inout Report
    ) throws {
        var request = PictureRequest(
            .imagine,
            row.prompt,
            seed: row.seed,
            first: row.index,
            count: 1
        )
        request.size = min(
            max(row.layout.wantedSide, Limits.side.lowerBound),
            Limits.side.upperBound
        )
        var made: Drawing?
        try model.perform(request, by: rules) { event in
            if case .picture(_, let drawing) = event { made = drawing }
        }
        guard let made else {
            report.blocked.append(row.name)
            return
        }
        let file = try NewFile.write(try made.laid(out: row.layout), to: place)
        report.files.append(file.path)
    }

    /// What each line of the table asks for; all of it is looked at before anything is drawn.
    private func rows() throws -> [AdvertRow] {
        let read = try PromptTable(
            contentsOf: URL(filePath: table),
            others: AdvertRow.columns
        )
        if !read.ignored.isEmpty {
            Console.warn(
                "columns of \(table) that mean nothing here: \(read.ignored.joined(separator: ", "))"
            )
        }
        let presets = try PresetsFile.own.read()
        var names: [String: Int] = [:]
        var rows: [AdvertRow] = []
        for (number, row) in read.rows.enumerated() {
            for index in 0..<(row.count ?? 1) {
                var row = try AdvertRow(
                    row,
                    usualSize: size,
                    seed: row.seed ?? seed &+ UInt64(number),
                    index: index,
                    presets: presets
                )
                // Each page has a file of its own, whatever lines are called.
                names[row.name, default: 0] += 1
                let turn = names[row.name] ?? 1
                if turn > 1 { row.name += "-\(turn)" }
                rows.append(row)
            }
        }
        return rows
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        var files: [String] = []
        var there: [String] = []
        var blocked: [String] = []
    }
}
