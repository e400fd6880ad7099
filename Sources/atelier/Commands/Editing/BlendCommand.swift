import ArgumentParser
import Requests

/// `atelier blend`: pictures between several.
struct BlendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blend",
        abstract: "Draw pictures between two to five others.",
        discussion: "Example: atelier blend cat.png dog.png --weights 2,1"
    )

    @Argument(help: "Two to five pictures.")
    var pictures: [String]

    @Option(help: "What each picture counts, as in 2,1; the same by default.")
    var weights: String?

    @OptionGroup var options: EditOptions

    func validate() throws {
        guard (2...5).contains(pictures.count) else {
            throw ValidationError("blend expects two to five pictures, found \(pictures.count).")
        }
        guard let weights else { return }
        let numbers = weights.split(separator: ",").map { Double($0) }
        guard numbers.count == pictures.count,
            numbers.allSatisfy({ $0.map { $0 > 0 && $0 < 1e6 } ?? false })
        else {
            throw ValidationError(
                "--weights expects \(pictures.count) numbers above 0 between commas, found '\(weights)'."
            )
        }
    }

    func run() async throws {
        let numbers = weights.map { $0.split(separator: ",").compactMap { Double($0) } }
        try await options.run(.blend(weights: numbers ?? []), pictures)
    }
}
