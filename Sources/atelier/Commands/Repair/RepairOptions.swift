import ArgumentParser
import Files
import Foundation
import Generation
import Prompts
import Requests

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
    ///   - task: What is done to each.
    ///   - part: Which part of the picture is meant.
    ///   - ending: What files' names end with beside the pictures'; the bundled model's name by default.
    /// - Throws: What is wrong with a picture or the model.
    func run(
        _ task: PictureTask,
        part: MaskOptions? = nil,
        ending: ((GeneratorModel) -> String)? = nil
    ) throws {
        var request = PictureRequest(task, count: 1, pictures: pictures)
        (request.mask, request.region) = (part?.mask, part?.parsedRegion)
        let bundled = request.bundledModel
        let model = try model.load(ModelChoice(bundled.name))
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        let ending = ending?(model).limited(toBytes: 40) ?? bundled.name
        var results: [Result] = []
        try model.perform(request, by: PromptRules(), naming: .path) { event in
            guard case .picture(let place, let drawing) = event else { return }
            // Names have 255 bytes at most; the model's name and a number stay.
            let stem = URL(filePath: pictures[place]).deletingPathExtension().lastPathComponent
                .limited(toBytes: 200)
            let name = "\(stem)-\(ending)"
            let file = try NewFile.write(drawing, to: folder.appending(path: "\(name).png")).path
            if show, !output.quiet, !output.json { TerminalPicture.show(drawing.picture) }
            Console.say(file, output)
            results.append(
                Result(
                    picture: pictures[place],
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
