import ArgumentParser
import Foundation
import Generation
import Imaging

/// `atelier describe`: texts that fit a picture.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Say what a picture shows, in words that the model knows.",
        discussion: "Example: atelier describe cat.png --language zh"
    )

    @Argument(help: "The picture; any.")
    var picture: String

    @Option(name: [.customShort("n"), .long], help: "How many texts.")
    var count = 4

    @Option(help: "Texts of this language alone: en or zh.")
    var language: String?

    @Option(help: "Where the model's training pictures lie; the known places by default.")
    var data: String?

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100).contains(count) else {
            throw ValidationError("--count expects 1 to 100, found \(count).")
        }
    }

    func run() async throws {
        let found = try Picture(contentsOf: URL(filePath: picture))
        let model = try model.load()
        let index = try PictureIndex(of: model, path: data) { Console.warn($0) }
        let wordings = try model.wordings(
            of: found,
            in: index,
            count: count,
            language: language
        )
        for wording in wordings {
            Console.say(String(format: "%@  (%+.0f)", wording.text, wording.gain), output)
        }
        Console.say("shape \(Shape.text(found.width, found.height))", output)
        if output.json {
            Console.json(Report(shape: Shape.text(found.width, found.height), texts: wordings))
        }
    }

    /// What a picture shows, for programs.
    private struct Report: Encodable {
        let shape: String
        let texts: [GeneratorModel.Wording]
    }
}

/// Width to height in small whole numbers.
private enum Shape {
    static func text(_ width: Int, _ height: Int) -> String {
        var (a, b) = (width, height)
        while b > 0 { (a, b) = (b, a % b) }
        return "\(width / a):\(height / a)"
    }
}
