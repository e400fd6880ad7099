import ArgumentParser
import Foundation
import Generation
import Hub

/// `atelier models`: lists, adds and removes models.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List, fetch, add, quantise, show, time, verify and remove models.",
        subcommands: [
            ModelsListCommand.self, ModelsFetchCommand.self, ModelsAddCommand.self,
            ModelsQuantiseCommand.self, ModelsShowCommand.self, ModelsTimeCommand.self,
            ModelsVerifyCommand.self, ModelsRemoveCommand.self, ModelsPruneCommand.self,
        ]
    )
}

/// `atelier models list`: the models known by name.
struct ModelsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the models known by name: bundled, added, and those that can be fetched."
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bundled = try BundledModel.allCases.map { model in
            let facts = try FileManager.default.attributesOfItem(atPath: model.file().path)
            return ModelRow(
                entry: .init(name: model.name, bytes: facts[.size] as? Int ?? 0),
                isBundled: true
            )
        }
        let rows =
            bundled + (try InstalledModels().all().map { ModelRow(entry: $0, isBundled: false) })
        for row in rows { Console.say(row.text, output) }
        let here = Set(rows.map(\.entry.name))
        for model in KnownModel.all where !here.contains(model.name) {
            Console.say(
                model.name.padding(toLength: 24, withPad: " ", startingAt: 0)
                    + String(format: " %8.1f MB", Double(model.bytes) / 1e6)
                    + "  to \(model.repository == nil ? "add" : "fetch"): \(model.summary), in "
                    + model.memory.gigabytes + " of memory"
                    + (model.leastMemory.map { ", \($0.gigabytes) in int4" } ?? ""),
                output
            )
        }
        if output.json { Console.json(rows) }
    }
}

/// A line of the list.
struct ModelRow: Encodable {
    let entry: InstalledModels.Entry
    let isBundled: Bool

    var text: String {
        let size = String(format: "%8.1f MB", Double(entry.bytes) / 1e6)
        let kind =
            isBundled
            ? "bundled" : [entry.family, entry.network].compactMap { $0 }.joined(separator: " ")
        return entry.name.padding(toLength: max(24, entry.name.count), withPad: " ", startingAt: 0)
            + " \(size)  \(kind)"
    }
}

/// `atelier models show`: what is known of a model.
struct ModelsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Say what is known of a model that was added."
    )

    @Argument(help: "Its name.")
    var name: String

    @Flag(help: "List the classes that it can be asked for, with their numbers.")
    var classes = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let models = InstalledModels()
        if classes {
            let names = try models.classNames(of: name)
            for (number, name) in names.enumerated() { Console.say("\(number)\t\(name)", output) }
            if output.json { Console.json(names) }
            return
        }
        let entry = try models.entry(name)
        Console.say(
            """
            name     \(entry.name)
            family   \(entry.family ?? "Atelier's own")
            network  \(entry.network ?? "-")
            from     \(entry.source ?? "-")
            bytes    \(entry.bytes)
            file     \(models.place(of: name)?.path ?? "-")
            terms    \(entry.terms ?? "-")
            """,
            output
        )
        let needs = try models.memory(of: name) ?? []
        for need in needs {
            Console.say(
                "memory   \(need.precision): about \(need.one.gigabytes) for a picture,"
                    + " \(need.four.gigabytes) for four at a time",
                output
            )
        }
        if output.json { Console.json(Shown(entry: entry, memory: needs)) }
    }

    /// What the JSON has: the entry's own fields, and the memory.
    private struct Shown: Encodable {
        let entry: InstalledModels.Entry
        let memory: [InstalledModels.MemoryNeed]

        enum CodingKeys: CodingKey { case memory }

        func encode(to encoder: any Encoder) throws {
            try entry.encode(to: encoder)
            guard !memory.isEmpty else { return }
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(memory, forKey: .memory)
        }
    }
}

/// `atelier models remove`: takes a model away.
struct ModelsRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a model that was added."
    )

    @Argument(help: "Its name.")
    var name: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bytes = try InstalledModels().remove(name)
        Console.say("removed \(name), \(bytes) bytes", output)
        if output.json { Console.json(["removed": bytes]) }
    }
}
