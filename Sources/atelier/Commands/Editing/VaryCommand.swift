import ArgumentParser
import Requests

/// `atelier vary`: variations of a picture.
struct VaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vary",
        abstract: "Draw variations of a picture.",
        discussion: "Example: atelier vary pictures/red-apple-seed7-0002.png --subtle"
    )

    @Argument(help: "The picture; any, but one that the model drew comes out best.")
    var picture: String

    @Flag(help: "Near to the picture.")
    var subtle = false

    @Flag(help: "Far from the picture; the default.")
    var strong = false

    @OptionGroup var options: EditOptions

    func validate() throws {
        if subtle, strong {
            throw ValidationError("--subtle and --strong are both given, expected one of them.")
        }
    }

    func run() async throws {
        try await options.run(.vary(subtle ? .subtle : .strong), [picture])
    }
}
