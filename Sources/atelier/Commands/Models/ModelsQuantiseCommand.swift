import ArgumentParser
import Generation

extension InstalledModels.SmallForm: ExpressibleByArgument {}

/// `atelier models quantise`: makes a form of a model that needs less memory.
struct ModelsQuantiseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantise",
        abstract: "Make a form of a published model that needs less memory and draws faster.",
        discussion: """
            int8 keeps heavy weights in 8 bits with a scale for each output, int4 in 4 bits with a scale and a \
            smallest weight for each 64 inputs, its head in 8 bits. The new model is one of its own, named \
            NAME-int8 or NAME-int4; the one that it is made of may be removed. It draws on the processor. \
            Example: atelier models quantise janus-pro-1b --to int8
            """
    )

    @Argument(help: "A model as it was published, of 'atelier models list'.")
    var model: String

    @Option(help: "int8 or int4.")
    var to: InstalledModels.SmallForm

    @Option(help: "What the new model is called; NAME-int8 or NAME-int4 by default.")
    var name: String?

    @Flag(help: "Replace a model of the same name.")
    var replace = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let models = InstalledModels()
        let output = output
        let entry = try models.quantise(model, to: to, as: name, replaces: replace) { done, all in
            if done == all || done.isMultiple(of: 50) {
                Console.say("\(done) of \(all) tensors", output)
            }
        }
        Console.say(ModelRow(entry: entry, isBundled: false).text, output)
        Console.say("draw with: atelier imagine \"…\" --model \(entry.name)", output)
        if output.json { Console.json(entry) }
    }
}
