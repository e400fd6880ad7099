import ArgumentParser
import Datasets
import Foundation
import Settings

/// `atelier data check`: lists what is wrong with a data set.
struct DataCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "List corrupt, duplicate, too small and wrongly labelled pictures, and what is left out.",
        discussion: """
            Goes on to the end and lists everything; with --strict the exit status is 3 when \
            anything was found.
            """
    )

    @Argument(help: "A data set's name, or the path of a folder or zip file.")
    var set: String

    @Option(help: "Where the data lies, when the set is named.")
    var data: String?

    @Option(help: "Check only this part: train or test.")
    var split: Split?

    @Option(help: "Shortest side that is not too small, in pixels.")
    var minimumSide = 1

    @Flag(help: "Exit with status 3 when anything is found.")
    var strict = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let isName = DatasetArgument.isName(set)
        let check = DatasetCheck(minimumSide: minimumSide)
        var reports = try (split.map { [$0] } ?? Split.allCases).map { split in
            let source = try DatasetCatalog().open(
                isName ? set : "",
                path: isName ? data : set,
                split: split
            )
            return check.report(on: source)
        }
        // What is true of the set as a whole is said once.
        if let first = reports.first {
            for index in reports.indices.dropFirst() {
                reports[index].findings.removeAll {
                    !$0.isOfOnePicture && first.findings.contains($0)
                }
            }
        }
        for report in reports { Console.say(report.description, output) }
        if output.json { Console.json(reports) }
        if strict, reports.contains(where: { !$0.isClean }) { throw ExitCode(3) }
    }
}

extension Split: ExpressibleByArgument {}
