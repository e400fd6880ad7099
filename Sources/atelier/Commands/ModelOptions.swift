import ArgumentParser
import Foundation
import Generation
import Prompts
import Runs

/// Which model draws, and where.
struct ModelOptions: ParsableArguments {
    @Option(
        help: """
            What draws: a bundled model's name, the folder of a run, a file of weights, or 'last' for \
            the newest run.
            """
    )
    var model: String?

    @Option(help: "The folder that runs are kept in, for --model last.")
    var runs = "runs"

    @Option(
        name: .customLong("lora"),
        help: """
            Updates of the weights that a run with start.low-rank learned: a low-rank file, the run's folder, or a name \
            that 'atelier models add' gave them, and how much of them (flowers:0.8); as often as wished.
            """
    )
    var updates: [String] = []

    @Option(
        help: """
            A file of facts, one a line ('a tomato is red', 'a snowman stands in the snow'), that count where a prompt is \
            silent; by default atelier/knowledge.yaml where the system keeps settings.
            """
    )
    var knowledge: String?

    @Option(help: "cpu, cuda, cuda:N or mps.")
    var device = "cpu"

    @Option(help: "Threads of the processor; as many as are quickest by default.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads expects 1 to 1024, found \(threads).")
        }
    }

    /// The model; the bundled one where none is named, with `--model` or by a prompt's `--version`.
    func load(_ choice: ModelChoice? = nil) throws -> GeneratorModel {
        let name = model ?? choice?.name ?? BundledModel.usual.name
        let model = try GeneratorModel(contentsOf: place(of: name), device: device)
        model.useThreads(threads)
        for update in updates {
            let (path, weight) = try Self.weighted(update)
            let isThere = FileManager.default.fileExists(atPath: path)
            let named = isThere ? nil : try? InstalledModels().updates(path)
            try model.add(updatesAt: named ?? URL(filePath: path), weight: weight)
        }
        for update in choice?.updates ?? [] {
            try model.add(updatesAt: InstalledModels().updates(update.name), weight: update.weight)
        }
        try model.useInstalledKnowledge()
        if let knowledge {
            model.facts = try ThingFacts(contentsOf: URL(filePath: knowledge))
        }
        return model
    }

    /// A path, and the number behind its last colon where there is one.
    private static func weighted(_ text: String) throws -> (path: String, weight: Double) {
        guard let colon = text.lastIndex(of: ":"),
            let weight = Double(KeyboardForms.plain(String(text[text.index(after: colon)...])))
        else { return (text, 1) }
        guard (-10...10).contains(weight) else {
            throw ValidationError("--lora expects a weight from -10 to 10, found \(weight).")
        }
        return (String(text[..<colon]), weight)
    }

    private func place(of name: String) throws -> URL {
        try name == "last" ? NamedRun.place(name, in: runs) : BundledModel.place(of: name)
    }
}
