import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Settings

/// `atelier style`: pictures in another style.
struct StyleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "style",
        abstract: "Draw pictures again as oil painting, watercolour, pencil sketch and more.",
        discussion: """
            Examples:
              atelier style cat.png --as watercolour
              atelier style photos/*.jpg --as oil --strength 0.8 --out painted
              atelier style logo.png --as neon --as pixel-art --as 素描

            Styles: \(PictureStyle.allCases.map(\.rawValue).joined(separator: ", ")). They are filters, so
            that any picture can have them, and no model is needed. Sides and channels stay, and what is
            clear stays clear.
            """
    )

    @Argument(help: "The pictures.")
    var pictures: [String]

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The style, by one of its names; give it again for several.",
            valueName: "style"
        ),
        transform: StyleCommand.style
    )
    var styles: [PictureStyle]

    @Option(help: "How much of the style is mixed in, 0 to 1.")
    var strength = 1.0

    @Option(help: "Chooses strokes, grain and wobble.")
    var seed: UInt64 = 0

    @Option(name: [.short, .long], help: "Write each to this folder; 'pictures' by default.")
    var out = "pictures"

    @Flag(inversion: .prefixedNo, help: "Show the pictures in the terminal, where it can.")
    var show = true

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...1).contains(strength) else {
            throw ValidationError("--strength expects 0 to 1, found \(strength).")
        }
    }

    func run() async throws {
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        var results: [Result] = []
        for path in pictures {
            let url = URL(filePath: path)
            let picture = try Picture(contentsOf: url)
            let before = try? PictureMetadata(contentsOf: url)
            let stem = url.deletingPathExtension().lastPathComponent.limited(toBytes: 200)
            for style in styles {
                let styled = try Drawing(
                    picture,
                    as: style,
                    strength: strength,
                    seed: seed,
                    name: path,
                    told: before
                )
                let file = try NewFile.write(
                    styled,
                    to: folder.appending(path: "\(stem)-\(style.rawValue).png")
                ).path
                if show, !output.quiet, !output.json { TerminalPicture.show(styled.picture) }
                Console.say(file, output)
                results.append(
                    Result(
                        picture: path,
                        file: file,
                        style: style,
                        width: styled.picture.width,
                        height: styled.picture.height
                    )
                )
            }
        }
        if output.json {
            Console.json(Report(strength: strength, seed: seed, pictures: results))
        }
    }

    private static let names = PictureStyle.allCases.map(\.rawValue).joined(separator: ", ")

    /// The style of a name.
    ///
    /// - Throws: `ValidationError` that lists those that there are.
    private static func style(_ name: String) throws -> PictureStyle {
        guard let style = PictureStyle(named: name) else {
            throw ValidationError("expected \(names), found '\(name)'.")
        }
        return style
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        let strength: Double
        let seed: UInt64
        let pictures: [Result]
    }

    /// What came of a picture.
    private struct Result: Encodable {
        let picture: String
        let file: String
        let style: PictureStyle
        let width: Int
        let height: Int
    }
}
