import ArgumentParser
import Datasets
import Foundation

/// `atelier data`: lists, checks and fetches data sets.
struct DataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List, check, fetch and show data sets.",
        subcommands: [
            DataListCommand.self, DataCheckCommand.self, DataFetchCommand.self,
            DataPreviewCommand.self,
        ]
    )
}

/// `atelier data list`: the data sets known by name, and whether they are here.
struct DataListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the data sets known by name, and which are here."
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let rows = DatasetName.allCases.map { name in
            Row(
                name: name.rawValue,
                summary: name.summary,
                isHere: DatasetCatalog().isHere(name)
            )
        }
        for row in rows {
            let name = row.name.padding(toLength: 14, withPad: " ", startingAt: 0)
            Console.say("\(name) \(row.isHere ? "here" : "-   ")  \(row.summary)", output)
        }
        if output.json { Console.json(rows) }
    }

    /// A data set, for programs.
    private struct Row: Encodable {
        let name: String
        let summary: String
        let isHere: Bool
    }
}
