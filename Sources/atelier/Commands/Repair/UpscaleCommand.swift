import ArgumentParser
import Requests

/// `atelier upscale`: pictures made larger.
struct UpscaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upscale",
        abstract: "Make pictures two or four times as large, with the details that they lack.",
        discussion: """
            Examples:
              atelier upscale cat.png
              atelier upscale icons/*.png --times 4 --out large
            """
    )

    @Option(name: [.customShort("x"), .long], help: "How many times as large: 2 or 4.")
    var times = 2

    @OptionGroup var options: RepairOptions

    func validate() throws {
        guard [2, 4].contains(times) else {
            throw ValidationError("--times expects 2 or 4, found \(times).")
        }
    }

    func run() async throws { try options.run(.upscale(times: times)) }
}
