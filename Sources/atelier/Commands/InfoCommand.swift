import ArgumentParser
import Foundation
import Generation
import Imaging
import Runs
import Weights

/// `atelier info`: says what a recipe, a run, a file of weights or a picture is.
struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Say what a recipe, run, file of weights or picture is."
    )

    @Argument(
        help:
            "A recipe's name, a run's folder, 'last' for the newest in runs/, a file of weights or a picture."
    )
    var subject: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        if Recipe.bundled.contains(where: { $0.name == subject }) {
            return try show(recipe: subject)
        }
        let url = try NamedRun.place(subject)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw InfoError(
                "'\(subject)' is no file, folder or recipe. Recipes: "
                    + Recipe.bundled.map(\.name).joined(separator: ", ")
            )
        }
        if isFolder.boolValue { return try show(run: RunFolder(opening: url)) }
        switch url.pathExtension.lowercased() {
        case "safetensors": try show(weights: url)
        case "pt", "pth", "bin", "ckpt", "pkl", "pickle":
            try show(tensors: WeightsFile(contentsOf: url))
        case "yaml", "yml", "json": try show(recipe: subject)
        default: try show(picture: url)
        }
    }

    private func show(recipe name: String) throws {
        let recipe = try Recipe.load(name)
        Console.say(recipe.yaml, output)
        if output.json { Console.json(recipe) }
    }

    private func show(run folder: RunFolder) throws {
        let status = try RunStatus.read(folder.status)
        Console.say(
            """
            run     \(folder.name)
            state   \(status.state.rawValue)\(status.reason.map { " (\($0.rawValue))" } ?? "")
            step    \(status.step)
            images  \(status.images)
            """,
            output
        )
        if !status.message.isEmpty { Console.say("message \(status.message)", output) }
        if output.json { Console.json(status) }
    }

    private func show(weights url: URL) throws {
        let report = try WeightsReport(contentsOf: url)
        if let model = report.model {
            let classes =
                model.classNames.isEmpty ? "none" : model.classNames.joined(separator: ", ")
            Console.say(
                """
                model    \(model.family), recipe \(model.recipe), set \(model.set)
                trained  \(model.images) images
                classes  \(classes)
                """,
                output
            )
        }
        say(report)
    }

    private func show(tensors file: WeightsFile) throws {
        Console.say("form     \(file.form.rawValue)", output)
        say(try WeightsReport(file))
    }

    private func say(_ report: WeightsReport) {
        Console.say("tensors  \(report.tensors.count), \(report.numbers) numbers", output)
        for (name, shape) in report.tensors.sorted(by: { $0.key < $1.key }) {
            Console.say("  \(name)  \(shape.map(String.init).joined(separator: "×"))", output)
        }
        if output.json { Console.json(report) }
    }

    private func show(picture url: URL) throws {
        let header = try ImageHeader.read(contentsOf: url)
        let metadata = try PictureMetadata(contentsOf: url)
        Console.say(
            "\(header.format.title) \(header.width)×\(header.height), \(header.channels) channels,"
                + " \(header.depth.rawValue) bit",
            output
        )
        for text in [metadata.title, metadata.parameters, metadata.record, metadata.software] {
            if let text { Console.say(text, output) }
        }
        if let source = metadata.source { Console.say("source: \(source.rawValue)", output) }
        if output.json {
            Console.json(
                PictureReport(
                    format: header.format.rawValue,
                    width: header.width,
                    height: header.height,
                    channels: header.channels,
                    depth: header.depth.rawValue,
                    metadata: metadata
                )
            )
        }
    }

    /// A picture, for programs.
    private struct PictureReport: Encodable {
        let format: String
        let width: Int
        let height: Int
        let channels: Int
        let depth: Int
        let metadata: PictureMetadata
    }
}

/// Something that is none of what can be told about.
struct InfoError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
