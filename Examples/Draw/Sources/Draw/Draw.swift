import Foundation
import Generation
import Imaging
import Prompts

/// Draws four pictures of a prompt, writes them as a sheet, and draws the second one again from what its record says.
///
///     swift run -c release Draw "a red apple" apples.png
@main enum Draw {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        let prompt = try Prompt.all(of: words.first ?? "a red apple")[0]
        let file = URL(filePath: words.dropFirst().first ?? "drawn.png")

        let model = try GeneratorModel(contentsOf: BundledModel.usual.file())
        let request = try model.request(prompt, seed: 7, indices: [0, 1, 2, 3])
        let drawings = try model.draw(request)
        try Picture.grid(drawings.map(\.picture)).write(to: file, metadata: drawings[0].metadata())

        let again = try model.draw(again: drawings[1].record, name: "the second picture")
        print("the second picture drawn again is the same: \(again.picture == drawings[1].picture)")
        print(file.path)
    }
}
