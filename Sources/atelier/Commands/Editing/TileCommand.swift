import ArgumentParser
import Requests

/// `atelier tile`: a picture without a seam.
struct TileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tile",
        abstract: "Draw a picture's edges anew so that it goes on at each edge where it begins.",
        discussion: "Example: atelier tile stones.png"
    )

    @Argument(help: "The picture; its middle stays to the last bit.")
    var picture: String

    @OptionGroup var options: EditOptions

    func run() async throws { try await options.run(.tile, [picture]) }
}
