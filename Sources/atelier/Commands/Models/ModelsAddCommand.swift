import ArgumentParser
import Foundation
import Generation
import Weights

/// `atelier models add`: takes on the weights of another program.
struct ModelsAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a model from a file of another program, or from a published folder.",
        discussion: """
            Read are .pt, .pth, .bin and .ckpt as PyTorch writes them, old and new, the .pkl of \
            StyleGAN2-ADA, StyleGAN3 and R3GAN, with these networks: StyleGAN2-ADA, StyleGAN3, R3GAN, VQGAN of \
            taming-transformers, LlamaGen, Inception, VGG16. A pickle is a program; this one is not run: \
            names in it are data. A folder as Janus-Pro or BigGAN-deep is published in (config.json, weights in \
            one file or in shards, tokenizer.json where there are texts) stays where it is. LlamaGen's transformer \
            draws with its tokenizer: atelier models add c2i_B_256.pt --tokenizer vq_ds16_c2i.pt. Draw with: atelier imagine --model NAME
            """
    )

    @Argument(
        help: "The file, or the folder.",
        completion: .file(extensions: ["pt", "pth", "bin", "ckpt", "pkl"])
    )
    var file: String

    @Option(help: "What the model is called; the file's name by default.")
    var name: String?

    @Option(help: "Only this network of several, such as G_ema.")
    var network: String?

    @Option(
        help: "The entry with the weights, such as ema; model, module or state_dict by default."
    )
    var entry: String?

    @Option(help: "Heads of a transformer's attention; as published by default.")
    var heads: Int?

    @Option(
        help: "Codes of a transformer's picture; those that the file tells, or 256, by default."
    )
    var places: Int?

    @Option(
        help:
            "The tokenizer of a transformer over codes: its file, or the name of one that was added. Both become one model, which draws.",
        completion: .file(extensions: ["pt", "pth", "bin", "ckpt"])
    )
    var tokenizer: String?

    @Flag(help: "LlamaGen's codes are compared by distance.")
    var plainCodes = false

    @Flag(help: "Replace a model of the same name.")
    var replace = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value) in [("--heads", heads), ("--places", places)] {
            if let value, !(1...1 << 24).contains(value) {
                throw ValidationError("\(name) expects 1 to \(1 << 24), found \(value).")
            }
        }
    }

    func run() async throws {
        var search = WeightsFile.Search()
        (search.entry, search.heads, search.places) = (entry, heads, places)
        search.plainCodes = plainCodes
        let source = URL(filePath: NSString(string: file).expandingTildeInPath)
        let added =
            try tokenizer.map { tokenizer in
                [
                    try InstalledModels().add(
                        source,
                        tokenizer: NSString(string: tokenizer).expandingTildeInPath,
                        as: name,
                        search: search,
                        replaces: replace
                    )
                ]
            }
            ?? InstalledModels().add(
                source,
                as: name,
                network: network,
                search: search,
                replaces: replace
            )
        for entry in added { Console.say(ModelRow(entry: entry, isBundled: false).text, output) }
        if output.json { Console.json(added) }
    }
}
