import ArgumentParser
import Generation

/// `atelier shorten`: which words of a prompt matter.
struct ShortenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shorten",
        abstract: "Say what each word of a prompt matters, and how it could be shorter.",
        discussion: "Example: atelier shorten \"a very beautiful red apple on a table\""
    )

    @Argument(help: "The words; without weights and parameters.")
    var prompt: [String]

    @Option(help: "Key of the drawings that are looked at.")
    var seed: UInt64 = 0

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let text = prompt.joined(separator: " ")
        guard !text.contains("::"), !text.contains("--") else {
            throw ValidationError("shorten expects words without weights and parameters.")
        }
        guard text.count <= 1000 else {
            throw ValidationError("shorten expects up to 1000 characters, found \(text.count).")
        }
    }

    func run() async throws {
        let text = prompt.joined(separator: " ").split(separator: " ").joined(separator: " ")
        let weights = try model.load().wordWeights(of: text, seed: seed)
        for weight in weights {
            Console.say(String(format: "%@  %+.1f", weight.word, weight.weight), output)
        }
        let shorter = ShortenCommand.shorter(
            weights,
            isSpaced: !text.unicodeScalars.contains(where: \.properties.isIdeographic)
        )
        for text in shorter { Console.say("→ \(text)", output) }
        if output.json { Console.json(Report(words: weights, shorter: shorter)) }
    }

    /// The prompt without its least words: fewer and fewer.
    private static func shorter(_ weights: [GeneratorModel.WordWeight], isSpaced: Bool) -> [String]
    {
        let ranked = weights.indices.sorted { weights[$0].weight > weights[$1].weight }
        let counts = [3, 2, 1].map { weights.count * $0 / 4 }.filter {
            $0 > 0 && $0 < weights.count
        }
        var seen: Set<Int> = []
        return counts.filter { seen.insert($0).inserted }.map { count in
            ranked.prefix(count).sorted().map { weights[$0].word }
                .joined(separator: isSpaced ? " " : "")
        }
    }

    /// Words with weights, for programs.
    private struct Report: Encodable {
        let words: [GeneratorModel.WordWeight]
        let shorter: [String]
    }
}
