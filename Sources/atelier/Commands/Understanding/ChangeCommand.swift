import ArgumentParser
import Datasets
import Evaluation
import Files
import Foundation
import Generation
import Imaging

/// `atelier change`: what else changes when one thing in a prompt does.
struct ChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Change one thing in a prompt and measure what else moves.",
        discussion: """
            Both texts are drawn by the same chances, and a judge that knows the model's real pictures says \
            what it sees before and after. The sheet has the drawings before above those after.

            Example: atelier change "cook: light skin tone" "cook: dark skin tone"
            """
    )

    @Argument(help: "The text before.")
    var from: String

    @Argument(help: "The text after.")
    var to: String

    @Option(help: "Pairs of drawings.")
    var count = 24

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(help: "Where the model's pictures lie; the known places by default.")
    var data: String?

    @Option(help: "Passes over the pictures in which a judge learns, where none is kept.")
    var judgeEpochs = 40

    @Option(help: "The sheet to write.")
    var grid = "changed.png"

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, most) in [
            ("--count", count, 1000), ("--judge-epochs", judgeEpochs, 10_000),
        ] where !(name == "--count" ? 2...most : 1...most).contains(value) {
            throw ValidationError("\(name) expects a number up to \(most), found \(value).")
        }
    }

    func run() async throws {
        let quiet = output.quiet
        let (edit, drawings) = try CausalEdit.measured(
            of: try model.load(),
            (from, to),
            pairs: count,
            seed: seed,
            data: data,
            epochs: judgeEpochs,
            keptIn: CacheFolder.judges()
        ) { if !quiet { Console.warn($0) } }
        let shown = Array(drawings.prefix(count).prefix(12) + drawings.suffix(count).prefix(12))
        let sheet = Drawing.sheet(shown, columns: shown.count / 2)
        let file = try NewFile.write(sheet, to: URL(filePath: grid)).path
        Console.say(file, output)
        func words(_ shares: [CausalEdit.Share]) -> String {
            shares.map { "\($0.name) \(String(format: "%.0f %%", 100 * $0.share))" }
                .joined(separator: ", ")
        }
        for head in edit.heads {
            Console.say(
                "\(head.name): told the same in \(String(format: "%.0f %%", 100 * head.kept)) of pairs\n"
                    + "  before: \(words(head.before))\n  after:  \(words(head.after))",
                output
            )
        }
        Console.say(
            String(
                format:
                    "pixels change by %.1f %%; features move %.2f times as far as from seed to seed",
                100 * edit.pixels,
                edit.moved
            ),
            output
        )
        if output.json { Console.json(edit) }
    }
}
