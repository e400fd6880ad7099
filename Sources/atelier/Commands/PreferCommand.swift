import ArgumentParser
import Foundation
import Prompts

/// `atelier prefer`: a person's own parameters.
struct PreferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prefer",
        abstract: "Keep parameters under a name of your own: --mine for --chaos 30 --stylize 250.",
        subcommands: [Set.self, List.self]
    )

    /// `atelier prefer set`.
    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Keep parameters, or give a name up.",
            discussion: "Example: atelier prefer set mine \"--chaos 30 --stylize 250\""
        )

        @Argument(help: "The name, as in --mine.")
        var name: String

        @Argument(parsing: .allUnrecognized, help: "The parameters; none gives the name up.")
        var value: [String] = []

        @OptionGroup var output: OutputOptions

        func run() throws {
            let file = PresetsFile.own
            var presets = try file.read()
            try presets.set(name, value.joined(separator: " "))
            try file.write(presets)
            let kept = presets.values[name.lowercased()]
            Console.say(
                kept.map { "--\(name.lowercased()) is \($0)" } ?? "--\(name) is given up",
                output
            )
            if output.json { Console.json(presets.values) }
        }
    }

    /// `atelier prefer list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List what is kept."
        )

        @OptionGroup var output: OutputOptions

        func run() throws {
            let presets = try PresetsFile.own.read()
            for (name, value) in presets.values.sorted(by: { $0.key < $1.key }) {
                Console.say("--\(name): \(value)", output)
            }
            if output.json { Console.json(presets.values) }
        }
    }
}
