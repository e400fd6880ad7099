import ArgumentParser
import Files
import Foundation
import Generation
import Imaging

/// What the commands take that repair pictures one by one.
struct RepairOptions: ParsableArguments {
    @Argument(help: "The pictures.")
    var pictures: [String]

    @Option(name: [.short, .long], help: "Write each to this folder; 'pictures' by default.")
    var out = "pictures"

    @Flag(inversion: .prefixedNo, help: "Show the pictures in the terminal, where it can.")
    var show = true

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    /// Repairs all pictures and writes them.
    ///
    /// - Parameters:
    ///   - bundled: The model where none is named; its name ends the files' names.
    ///   - repair: Repairs one picture.
    /// - Throws: What is wrong with a picture or the model.
    func run(
        _ bundled: BundledModel,
        repair: (GeneratorModel, Picture, String) throws -> Drawing
    ) throws {
        let model = try model.load(named: bundled.name)
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        var results: [Result] = []
        for path in pictures {
            let url = URL(filePath: path)
            var drawing = try repair(model, try Picture(contentsOf: url), path)
            // What the picture shows is still what was asked for.
            let before = try? PictureMetadata(contentsOf: url).drawing(path)
            drawing.record.prompt = before?.prompt ?? before?.className
            // Names have 255 bytes at most; the model's name and a number stay.
            let stem = url.deletingPathExtension().lastPathComponent.limited(toBytes: 200)
            let name = "\(stem)-\(bundled.name)"
            let file = try NewFile.write(drawing, to: folder.appending(path: "\(name).png")).path
            if show, !output.quiet, !output.json { TerminalPicture.show(drawing.picture) }
            Console.say(file, output)
            results.append(
                Result(
                    picture: path,
                    file: file,
                    width: drawing.picture.width,
                    height: drawing.picture.height
                )
            )
        }
        if output.json { Console.json(Report(model: model.file.path, pictures: results)) }
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        let model: String
        let pictures: [Result]
    }

    /// What came of a picture.
    private struct Result: Encodable {
        let picture: String
        let file: String
        let width: Int
        let height: Int
    }
}
