import ArgumentParser
import Files
import Foundation
import Runs
import Settings
import Training

/// `atelier recipes`: lists, explains, copies and checks recipes.
struct RecipesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipes",
        abstract: "List, explain, copy and check recipes.",
        subcommands: [List.self, Explain.self, Copy.self, Check.self, Parts.self],
        defaultSubcommand: List.self
    )

    /// `atelier recipes list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the recipes that come with atelier."
        )

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let recipes = try Recipe.bundled.map { try Recipe.load($0.name) }
            for recipe in recipes {
                let hours = recipe.about.hoursOnTwoCores
                Console.say(
                    String(
                        format: "%@  %@  %5.1f h  %@",
                        recipe.name.padding(toLength: 17, withPad: " ", startingAt: 0),
                        recipe.model.family.padding(toLength: 9, withPad: " ", startingAt: 0),
                        hours,
                        recipe.description
                    ),
                    output
                )
            }
            if output.json {
                Console.json(recipes.map { Summary($0) })
            }
        }
    }

    /// What programs get of a recipe.
    struct Summary: Encodable {
        let name: String
        let family: String
        let description: String
        let about: Recipe.About

        init(_ recipe: Recipe) {
            (name, family) = (recipe.name, recipe.model.family)
            (description, about) = (recipe.description, recipe.about)
        }
    }

    /// `atelier recipes explain`.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Say what a recipe does, needs and gives."
        )

        @Argument(help: "A recipe that comes with atelier, or the path of one in YAML.")
        var recipe: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let recipe = try Recipe.load(recipe)
            let networks = Recipe.parts.families + Recipe.parts.pixelModels
            let family = networks.first { $0.name == recipe.model.family }
            var rows = [
                ("", recipe.description), ("paper", recipe.about.paper),
                ("needs", recipe.about.needs), ("expect", recipe.about.expect),
                ("hours", hours(recipe.about)),
                ("networks", "\(recipe.model.family): \(family?.summary ?? "")"),
                ("loss", "\(recipe.objective.loss), \(recipe.objective.step.rawValue) steps"),
            ]
            let catalog = Recipe.parts
            if let refiner = recipe.refiner {
                let kind = networks.first { $0.name == refiner.family }
                rows.append(("refiner", "\(refiner.family): \(kind?.summary ?? "")"))
            }
            for (title, names, known) in [
                ("regulariser", recipe.objective.regularisers, catalog.regularisers),
                ("task", recipe.objective.tasks, catalog.tasks),
                ("augmentation", recipe.objective.augmentations, catalog.augmentations),
            ] {
                for part in known where names[part.name] != nil {
                    rows.append((title, "\(part.name): \(part.summary) (\(part.source))"))
                }
            }
            Console.say(recipe.name, output)
            for (title, text) in rows where !text.isEmpty {
                Console.say(
                    "  \(title.padding(toLength: 14, withPad: " ", startingAt: 0))\(text)",
                    output
                )
            }
            Console.say("  try           atelier train \(recipe.name) --dry-run", output)
            if output.json { Console.json(Summary(recipe)) }
        }

        private func hours(_ about: Recipe.About) -> String {
            func text(_ hours: Double) -> String { hours > 0 ? "\(hours)" : "not known" }
            return "\(text(about.hoursOnTwoCores)) on two cores (measured rate),"
                + " \(text(about.hoursOnGPU)) on one graphics card (estimate)"
        }
    }

    /// `atelier recipes copy`.
    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "copy",
            abstract: "Write a recipe as a file to change."
        )

        @Argument(help: "A recipe that comes with atelier.")
        var recipe: String

        @Argument(help: "The file to write; the recipe's name with .yaml by default.")
        var file: String?

        @Flag(help: "Write every key, not only those that the recipe sets.")
        var full = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let whole = try Recipe.load(recipe)
            let short = Recipe.bundled.first { $0.name == recipe }?.yaml
            let url = URL(filePath: file ?? "\(whole.name).yaml")
            guard !FileManager.default.fileExists(atPath: url.path) else {
                throw InfoError("\(url.path) is there already. Name another file.")
            }
            try AtomicFile.write(Data((full ? whole.yaml : short ?? whole.yaml).utf8), to: url)
            Console.say(url.path, output)
            if output.json { Console.json(["file": url.path]) }
        }
    }

    /// `atelier recipes check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check a recipe as a whole; the exit status is 2 when something is wrong."
        )

        @Argument(help: "A recipe that comes with atelier, or the path of one in YAML.")
        var recipe: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let recipe = try Recipe.load(recipe)
            Console.say("\(recipe.name) is sound", output)
            if output.json { Console.json(["recipe": recipe.name]) }
        }
    }

    /// `atelier recipes parts`.
    struct Parts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "parts",
            abstract: "List all parts that recipes can name, with their settings."
        )

        @OptionGroup var output: OutputOptions

        /// A part for programs.
        struct Part: Encodable {
            let kind: String
            let name: String
            let summary: String
            let source: String
            let settings: SettingValue
        }

        func run() async throws {
            let catalog = Recipe.parts
            var all: [Part] = []
            for (kind, parts) in [
                ("family", catalog.families), ("pixel model", catalog.pixelModels),
                ("regulariser", catalog.regularisers),
                ("task", catalog.tasks), ("augmentation", catalog.augmentations),
            ] {
                for part in parts {
                    all.append(
                        Part(
                            kind: kind,
                            name: part.name,
                            summary: part.summary,
                            source: part.source,
                            settings: part.defaults
                        )
                    )
                    let title = "\(kind) \(part.name)"
                    Console.say("\(title): \(part.summary). \(part.source)", output)
                    Console.say("    \(settings(part.defaults))", output)
                }
            }
            Console.say("loss: \(catalog.losses.joined(separator: ", "))", output)
            if output.json { Console.json(all) }
        }

        private func settings(_ tree: SettingValue) -> String {
            guard case .section(let entries) = tree else { return tree.summary }
            guard !entries.isEmpty else { return "no settings" }
            return entries.sorted { $0.key < $1.key }.map { key, value in
                if case .section = value { return "\(key): {\(settings(value))}" }
                return "\(key): \(value.summary)"
            }.joined(separator: ", ")
        }
    }
}
