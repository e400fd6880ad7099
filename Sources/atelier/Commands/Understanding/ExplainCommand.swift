import ArgumentParser
import Files
import Foundation
import Generation
import Imaging

/// `atelier explain`: why a prompt was drawn as it was.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Draw a prompt and show what each word did.",
        discussion: """
            The sheet has a column for each word: where the drawing's places look at the word (the first is \
            the drawing itself), and below what the same chance draws without it. The table says how much \
            less likely the drawing is without the word, and how much of it changes.

            Example: atelier explain "woman astronaut" --seed 3
            """
    )

    @Argument(help: "The words; without weights and parameters.")
    var prompt: [String]

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(help: "Place of the drawing in the seed's row.")
    var index = 0

    @Option(help: "The sheet to write.")
    var grid = "explained.png"

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let text = prompt.joined(separator: " ")
        guard !text.contains("::"), !text.contains("--") else {
            throw ValidationError("explain expects words without weights and parameters.")
        }
        guard text.split(separator: " ").count <= 24, text.count <= 240 else {
            throw ValidationError("explain expects up to 24 words, found '\(text.prefix(40))…'.")
        }
        guard (0...999_999_999).contains(index) else {
            throw ValidationError("--index expects 0 to 999999999, found \(index).")
        }
    }

    func run() async throws {
        let text = prompt.joined(separator: " ").split(separator: " ").joined(separator: " ")
        guard !text.isEmpty else { throw ValidationError("explain expects words, found none.") }
        let (explanation, drawing, without) = try model.load()
            .explained(text, seed: seed, index: index)
        let sheet = try sheet(explanation, drawing, without)
        let file = try NewFile.write(
            sheet,
            to: URL(filePath: grid),
            metadata: try drawing.metadata()
        ).path
        Console.say(file, output)
        for word in explanation.words {
            Console.say(
                String(
                    format: "%@  %+.1f nats, %.1f %% changes",
                    word.word,
                    word.likelihood,
                    100 * word.change
                ),
                output
            )
        }
        Console.say(
            String(
                format: "%.0f %% of all looks go to words, the rest to what was drawn before",
                100 * explanation.looksAtWords
            ),
            output
        )
        if output.json { Console.json(Report(grid: file, explanation: explanation)) }
    }

    /// Labels, looks, and drawings without each word.
    private func sheet(
        _ explanation: PromptExplanation,
        _ drawing: Drawing,
        _ without: [Drawing]
    ) throws -> Picture {
        func large(_ picture: Picture) -> Picture {
            picture.flattened().converted(channels: 3).resized(
                width: 2 * picture.width,
                height: 2 * picture.height,
                kernel: .nearest
            )
        }
        let whole = large(drawing.picture)
        let most = explanation.words.flatMap(\.looks).joined().max() ?? 1
        func label(_ text: String) throws -> Picture {
            try SheetLabel.picture(text, width: whole.width, height: 24)
                .centered(width: whole.width, height: whole.height, background: .clear)
        }
        let top = try [label("drawn")] + explanation.words.map { try label($0.word) }
        let middle = [whole] + explanation.words.map { whole.lit(by: $0.looks, most: most) }
        let bottom = try [label("without")] + without.map { large($0.picture) }
        return Picture.grid(
            top + middle + bottom,
            columns: explanation.words.count + 1,
            background: .white
        ).flattened(background: .white)
    }

    /// What was found, for programs.
    private struct Report: Encodable {
        let grid: String
        let explanation: PromptExplanation
    }
}
