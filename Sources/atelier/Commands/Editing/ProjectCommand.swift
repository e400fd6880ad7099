import ArgumentParser
import Requests

/// `atelier project`: a picture as the model would draw it.
struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Find the styles, or latent numbers, that draw a picture.",
        discussion: "For models that draw in one step, such as stylegan2, stylegan3 and dcgan."
    )

    @Argument(help: "The picture; any.")
    var picture: String

    @Option(help: "Steps of the search.")
    var steps = 300

    @OptionGroup var options: EditOptions

    func validate() throws {
        guard Limits.steps.contains(steps) else {
            throw ValidationError("--steps expects 1 to 100000, found \(steps).")
        }
    }

    func run() async throws { try await options.run(.project(steps: steps), [picture]) }
}
