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
    func load(named: String? = nil) throws -> GeneratorModel {
        let name = model ?? named ?? BundledModel.emoji.name
        let model = try GeneratorModel(contentsOf: place(of: name), device: device)
        model.useThreads(threads)
        try model.useInstalledKnowledge()
        return model
    }

    private func place(of name: String) throws -> URL {
        if name == "last" {
            return try RunFolder.newest(in: URL(filePath: runs, directoryHint: .isDirectory)).url
        }
        return try BundledModel.place(of: name)
    }
}
