import ArgumentParser
import Foundation
import Generation

/// `atelier project`: a picture as the model would draw it.
struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Find the styles, or latent numbers, that draw a picture.",
        discussion: "For models that draw in one step, such as stylegan2 and dcgan."
    )

    @Argument(help: "The picture; any.")
    var picture: String

    @Option(help: "Steps of the search.")
    var steps = 300

    @OptionGroup var options: EditOptions

    func validate() throws {
        guard (1...100_000).contains(steps) else {
            throw ValidationError("--steps expects 1 to 100000, found \(steps).")
        }
    }

    func run() async throws {
        let isWatched = Terminal.isInteractive && !options.output.quiet
        try await options.run([picture]) { model, pictures, request in
            let projection = try model.projected(
                pictures[0],
                steps: steps,
                DrawingRequest(seed: request.seed, indices: [], parts: request.parts)
            ) { share in
                if isWatched { Terminal.show("project  \(Int(share * 100)) %") }
            }
            if isWatched { Terminal.clear() }
            Console.say(String(format: "distance %.4f", projection.distance), options.output)
            // There is one place, and one picture of it.
            var one = request
            one.indices = [0]
            return [try model.drawing(of: projection, name: picture, one)]
        }
    }
}
