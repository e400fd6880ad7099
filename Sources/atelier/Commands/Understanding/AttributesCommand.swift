import ArgumentParser
import Datasets
import Evaluation
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier attributes`: what each part of what is asked for does to each thing that can be seen.
struct AttributesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes",
        abstract: "Find which parts of a prompt change what in drawings, and draw the arrows.",
        discussion: """
            Options in braces are attributes. All choices are drawn by the same chances; where one option alone \
            differs, what is seen before and after is compared: colour, ground, size, number of parts and \
            position of what is drawn, and with --judge what a judge of the model's data set tells. An arrow \
            says in how many drawings more than by chance something else is seen. An attribute should move what it names; \
            what it moves besides, the model has learned together.

            Example: atelier attributes "a {red,blue} {apple,car}" --names colour,thing

            With --directions the directions of a model of styles take the place of a text.
            """
    )

    @Argument(help: "A prompt with options in braces.")
    var prompt: String?

    @Option(help: "What the groups of options are called, as in colour,thing.")
    var names: String?

    @Option(help: "Drawings of each choice.")
    var count = 24

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Flag(
        help: "Let a judge that knows the model's data set look, too; it learns where none is kept."
    )
    var judge = false

    @Option(help: "Where the model's pictures lie, for the judge; the known places by default.")
    var data: String?

    @Option(help: "Passes over the pictures in which a judge learns, where none is kept.")
    var judgeEpochs = 40

    @Option(help: "Directions of a model of styles, so many, in place of a prompt.")
    var directions: Int?

    @Option(help: "How far directions are gone, back and on.")
    var reach = 3.0

    @Option(help: "The sheet to write: a row of drawings for each choice.")
    var grid = "attributes.png"

    @Option(help: "Write the arrows to this file, in Graphviz's language.")
    var dot: String?

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (prompt == nil) != (directions == nil) else {
            throw ValidationError("Give a prompt with options in braces, or --directions.")
        }
        for (name, value, most) in [
            ("--count", count, 1000), ("--judge-epochs", judgeEpochs, 10_000),
            ("--directions", directions ?? 1, 64),
        ] where !(name == "--count" ? 2...most : 1...most).contains(value) {
            throw ValidationError("\(name) expects a number up to \(most), found \(value).")
        }
        guard reach > 0, reach <= 1000 else {
            throw ValidationError("--reach expects a number up to 1000, found \(reach).")
        }
        if judge, directions != nil {
            throw ValidationError("--judge looks at drawings of prompts, not at --directions.")
        }
    }

    func run() async throws {
        let loaded = try model.load()
        let graph = try prompt.map { try asked($0, of: loaded) } ?? moved(loaded)
        for from in unique(graph.arrows.map(\.from)) {
            Console.say(from, output)
            for arrow in graph.arrows where arrow.from == from {
                let numbers = String(
                    format: "%5.1f %%  (%.1f to %.1f), by chance %.3f",
                    100 * max(arrow.effect, 0),
                    100 * max(arrow.low, 0),
                    100 * max(arrow.high, 0),
                    arrow.chance
                )
                let name = arrow.to.padding(toLength: 10, withPad: " ", startingAt: 0)
                Console.say("  \(arrow.isClear ? "→" : " ") \(name) \(numbers)", output)
            }
        }
        if let dot {
            let file = try NewFile.write(Data(graph.dot.utf8), to: URL(filePath: dot)).path
            Console.say(file, output)
        }
        if output.json { Console.json(graph) }
    }

    private func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func asked(_ prompt: String, of model: GeneratorModel) throws -> AttributeGraph {
        let quiet = output.quiet
        let further =
            try judge
            ? CausalEdit.teller(
                of: model,
                data: data,
                epochs: judgeEpochs,
                keptIn: CacheFolder.judges()
            ) { if !quiet { Console.warn($0) } } : nil
        let called = names?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let (graph, drawings) = try AttributeTrials.graph(
            of: model,
            prompt,
            names: called ?? [],
            count: count,
            seed: seed,
            further: further
        ) { if !quiet { Console.warn($0) } }
        let sheet = Drawing.sheet(drawings, columns: min(count, 6))
        Console.say(try NewFile.write(sheet, to: URL(filePath: grid)).path, output)
        return graph
    }

    private func moved(_ model: GeneratorModel) throws -> AttributeGraph {
        let quiet = output.quiet
        let found = try model.directions(.sefa, count: directions ?? 1)
        return try AttributeTrials.graph(
            of: model,
            along: found.vectors,
            reach: reach,
            count: count,
            seed: seed
        ) { if !quiet { Console.warn($0) } }
    }
}
