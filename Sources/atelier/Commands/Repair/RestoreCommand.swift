import ArgumentParser
import Requests

/// `atelier restore`: damaged pictures made whole.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Take noise and blur off pictures, and fill what a mask hides.",
        discussion: """
            Examples:
              atelier restore scan.png
              atelier restore torn.png --mask hole.png

            Without a mask all of the picture may change; with one, only what it hides does.
            """
    )

    @OptionGroup var part: MaskOptions

    @OptionGroup var options: RepairOptions

    func validate() throws {
        if part.isGiven, options.pictures.count > 1 {
            throw ValidationError(
                "a mask belongs to one picture, found \(options.pictures.count) pictures."
            )
        }
    }

    func run() async throws { try options.run(.restore, part: part) }
}
