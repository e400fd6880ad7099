import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts
import Requests
import Settings

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
    var size = Advert.usualSize

    @Option(help: "Key of the first line's random numbers; each further line has the next one.")
    var seed: UInt64 = 0

    @OptionGroup var model: ModelOptions

    @OptionGroup var rules: RuleOptions

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let pages = try pages()
        let rules = try rules.load()
        let prompts = pages.compactMap(\.request.prompt)
        for prompt in prompts { try rules.check(prompt) }
        let model = try model.load(ModelChoice.only(of: prompts))
        var report = Report()
        for (number, page) in pages.enumerated() {
            let place = URL(filePath: out, directoryHint: .isDirectory)
                .appending(path: "\(page.name).png")
            if isThere(page, place, by: model) {
                report.there.append(place.path)
            } else {
                try make(page, place, model, rules, &report)
            }
            Console.say("\(number + 1) of \(pages.count): \(place.path)", output)
        }
        for name in report.blocked {
            Console.warn("'\(name)' is not shown: it shows what the rules do not allow")
        }
        if output.json { Console.json(report) }
    }

    /// A page, and its file's name without the ending.
    private struct Page {
        let request: PictureRequest
        let name: String
    }

    /// Draws a page and writes it.
    private func make(
        _ page: Page,
        _ place: URL,
        _ model: GeneratorModel,
        _ rules: PromptRules,
        _ report: inout Report
    ) throws {
        var made: Drawing?
        try model.perform(page.request, by: rules) { event in
            if case .picture(_, let drawing) = event { made = drawing }
        }
        guard let made else {
            report.blocked.append(page.name)
            return
        }
        report.files.append(try NewFile.write(made, to: place).path)
    }

    /// Whether a file holds a page already, drawn by this model.
    private func isThere(_ page: Page, _ file: URL, by model: GeneratorModel) -> Bool {
        guard let record = try? PictureMetadata(contentsOf: file).drawing(file.path) else {
            return false
        }
        let request = page.request
        return record.layout == request.layout && record.seed == request.seed
            && record.indices == Array(request.indices) && record.digest == model.digest
            && record.prompt == request.prompt?.typed
    }

    /// The pages of the table, each with a file of its own, whatever lines are called.
    private func pages() throws -> [Page] {
        let read = try PromptTable(contentsOf: URL(filePath: table), others: Advert.columns)
        if !read.ignored.isEmpty {
            Console.warn(
                "columns of \(table) that mean nothing here: \(read.ignored.joined(separator: ", "))"
            )
        }
        let adverts = try Advert.all(
            of: read,
            size: size,
            seed: seed,
            presets: try PresetsFile.own.read()
        )
        var names: Set<String> = []
        return adverts.flatMap { advert in
            advert.request.indices.map { index in
                var request = advert.request
                (request.first, request.count) = (index, 1)
                let stem = PictureWriter.stem(advert.title)
                let plain = stem.isEmpty ? "page" : String(stem.dropLast())
                var (name, turn) = (plain, 1)
                while !names.insert(name).inserted {
                    turn += 1
                    name = "\(plain)-\(turn)"
                }
                return Page(request: request, name: name)
            }
        }
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        var files: [String] = []
        var there: [String] = []
        var blocked: [String] = []
    }
}
