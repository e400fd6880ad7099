import ArgumentParser
import Files
import Foundation
import Reports
import Runs

/// `atelier report`: runs as one page.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write runs as one page: health, figures, drawings, curves, cost and recipe.",
        discussion: """
            The page needs nothing but itself and no network, and prints well. Several runs stand side by \
            side. Figures are those of 'atelier evaluate', where it was run.

            Examples:
              atelier report runs/00012-dcgan-mnist-batch64
              atelier report runs/00012-* runs/00013-* --out compared.html
            """
    )

    @Argument(help: "Folders of runs, or 'last' for the newest.")
    var runs: [String]

    @Option(
        name: [.short, .long],
        help: "The file; report.html in the run's folder by default, of several here."
    )
    var out: String?

    @Option(help: "The folder that runs are kept in, for 'last'.")
    var root = "runs"

    @Option(help: "Sheets of drawings that are shown at most.")
    var sheets = 6

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (2...60).contains(sheets) else {
            throw ValidationError("--sheets expects 2 to 60, found \(sheets).")
        }
        guard runs.count <= 7 else {
            throw ValidationError("a page holds 7 runs, found \(runs.count).")
        }
    }

    func run() async throws {
        let folders = try runs.map { try RunFolder(opening: NamedRun.place($0, in: root)) }
        let records = try folders.map { try RunRecord($0) }
        for record in records where record.entries.isEmpty && record.status == nil {
            throw FileError(
                "read the run",
                path: record.folder.url.path,
                reason: "there is no stats.jsonl and no status.json; name a run's folder"
            )
        }
        let page = try ReportPage(records, sheets: sheets).html()
        let file =
            out.map { URL(filePath: $0) }
            ?? (folders.count == 1 ? folders[0].url : URL(filePath: "."))
            .appending(path: "report.html")
        let written = try NewFile.write(Data(page.utf8), to: file).path
        Console.say(written, output)
        if output.json { Console.json(["report": written]) }
    }
}
