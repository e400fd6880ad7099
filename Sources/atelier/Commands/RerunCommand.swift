import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier rerun`: draws pictures again from what their files say.
struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Draw a picture again from what its file says: the same pixels.",
        discussion: """
            What `atelier style` made is made again from the picture that the file names, which must be there.
            Exit status 3 where pixels differ, which another machine may cause.
            """
    )

    @Argument(help: "Pictures that atelier drew.")
    var pictures: [String]

    @OptionGroup var model: ModelOptions

    @Option(
        name: [.short, .long],
        help: "Write each to this folder; beside the picture by default."
    )
    var out: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var model: GeneratorModel?
        var results: [Result] = []
        for path in pictures {
            let url = URL(filePath: path)
            let before = try PictureMetadata(contentsOf: url)
            let again: (picture: Picture, metadata: PictureMetadata)
            let record = try before.drawing(path)
            if let style = record.style, let source = record.edit?.pictures.first {
                let picture = try Picture(contentsOf: place(of: source, beside: url))
                again = (
                    try style.name.applied(
                        to: picture,
                        seed: record.seed,
                        strength: style.strength
                    ), before
                )
            } else {
                let loaded = try model ?? self.model.load()
                model = loaded
                let drawing = try loaded.draw(again: record, name: path)
                again = (drawing.picture, try drawing.metadata())
            }
            let isSame = try Picture(contentsOf: url) == again.picture
            let file = try NewFile.write(
                again.picture,
                to: target(url),
                metadata: again.metadata
            ).path
            Console.say("\(file): \(isSame ? "the same pixels" : "other pixels")", output)
            results.append(Result(picture: path, file: file, isSame: isSame))
        }
        if output.json { Console.json(results) }
        if !results.allSatisfy(\.isSame) { throw ExitCode(3) }
    }

    /// Where a picture is that another was made from: where it was, or beside that one.
    private func place(of source: String, beside picture: URL) -> URL {
        let typed = URL(filePath: source)
        let near = picture.deletingLastPathComponent().appending(path: typed.lastPathComponent)
        let isThere = FileManager.default.fileExists(atPath: typed.path)
        return isThere || !FileManager.default.fileExists(atPath: near.path) ? typed : near
    }

    private func target(_ picture: URL) -> URL {
        let folder =
            out.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? picture.deletingLastPathComponent()
        let name = picture.deletingPathExtension().lastPathComponent.limited(toBytes: 200)
        return folder.appending(path: "\(name)-again.png")
    }

    /// What came of a picture.
    private struct Result: Encodable {
        let picture: String
        let file: String
        let isSame: Bool
    }
}
