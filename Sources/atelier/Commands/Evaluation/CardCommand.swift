import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Generation

/// `atelier card`: what a model can do, measured.
struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Measure how well a model draws what it is asked for.",
        discussion: """
            A judge learns the model's real pictures by heart, never a drawing, and says what a thousand \
            drawings show. Of models that repair pictures it is measured how near damaged pictures come to \
            the real ones. Tables are printed in Markdown.
            """
    )

    @Option(help: "Prompts for training pictures, four drawings each.")
    var prompts = 250

    @Option(help: "Prompts for each point of a curve.")
    var curvePrompts = 60

    @Option(help: "Passes over the pictures in which the judge learns.")
    var judgeEpochs = 40

    @Option(help: "Where the model's pictures lie; the known places by default.")
    var data: String?

    @Flag(help: "List what is held out of the model's data set, and measure nothing.")
    var heldOut = false

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value) in [
            ("--prompts", prompts), ("--curve-prompts", curvePrompts),
            ("--judge-epochs", judgeEpochs),
        ] where !(1...100_000).contains(value) {
            throw ValidationError("\(name) expects 1 to 100000, found \(value).")
        }
    }

    func run() async throws {
        if heldOut { return try listHeldOut() }
        let model = try model.load()
        guard !model.isRepairing else { return try measureRepairs(model) }
        var effort = ModelCard.Effort()
        (effort.prompts, effort.curvePrompts) = (prompts, curvePrompts)
        effort.judgeEpochs = judgeEpochs
        let card = try ModelCard(
            of: model,
            effort: effort,
            data: data,
            keptIn: CacheFolder.judges()
        ) { Console.warn($0) }
        Console.say(card.markdown, output)
        if output.json { Console.json(card) }
    }

    private func measureRepairs(_ model: GeneratorModel) throws {
        let card = try RepairCard(
            of: model,
            pictures: 4 * prompts,
            judgeEpochs: judgeEpochs,
            data: data,
            keptIn: CacheFolder.judges()
        ) { Console.warn($0) }
        Console.say(card.markdown, output)
        if output.json { Console.json(card) }
    }

    private func listHeldOut() throws {
        let set = try model.load().description.set
        let source = try DatasetCatalog().open(set, path: data, split: .test)
        let names = (0..<source.count).map { source.record(at: $0) }.map {
            $0.captions.first?.text ?? $0.identifier
        }
        for name in names { Console.say(name, output) }
        if output.json { Console.json(names) }
    }
}
