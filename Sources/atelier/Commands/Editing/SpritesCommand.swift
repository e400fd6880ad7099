import ArgumentParser
import Files
import Foundation
import Imaging

/// `atelier sprites`: many pictures on one sheet, with a table of where each lies.
struct SpritesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sprites",
        abstract: "Put pictures on one sheet for a game, with a JSON table of where each lies.",
        discussion: """
            Examples:
              atelier sprites pictures/*.png --out items.png
              atelier sprites walk-*.png --out walk.png --padding 1 --power-of-two

            The table has TexturePacker's form, which PixiJS, Phaser and others read; it lies beside the sheet. \
            Names that end in numbers are frames of an animation. Clear borders are cut off, and equal \
            pictures lie on the sheet once.
            """
    )

    @Argument(help: "The pictures.")
    var pictures: [String]

    @Option(name: [.short, .long], help: "The sheet to write; the table gets its name with .json.")
    var out = "sprites.png"

    @OptionGroup var layout: SpriteOptions

    @OptionGroup var output: OutputOptions

    func validate() throws { try SpriteOptions.check(sheet: out) }

    func run() async throws {
        let sprites = try pictures.map { path in
            let url = URL(filePath: path)
            let name = url.deletingPathExtension().lastPathComponent.limited(toBytes: 200)
            return (name: "\(name).png", picture: try Picture(contentsOf: url))
        }
        let sheet = try SpriteSheet(sprites, layout.options)
        try layout.write(sheet, to: URL(filePath: out), source: nil, output)
    }
}
