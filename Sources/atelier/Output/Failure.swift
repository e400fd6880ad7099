import Files
import Foundation
import Prompts
import Runs

/// What is said, and returned to the system, when a command fails.
enum Failure {
    /// The exit status: 2 for a wrong command, recipe or prompt, 1 for everything else.
    static func status(of error: any Error, isUsage: Bool) -> Int32 {
        isUsage || error is RecipeError || error is PromptError ? 2 : 1
    }

    /// Says on standard error, and with `--json` also as an object on standard output, what failed.
    static func report(_ error: any Error, isUsage: Bool, asJSON: Bool) {
        let text =
            isUsage
            ? Atelier.fullMessage(for: error) : "Error: " + message(of: error)
        // A name that was given stays on its line, so that it cannot look like words of ours.
        let shown = CommandLine.arguments.filter { $0.contains("\n") }
            .reduce(text) { $0.replacing($1, with: TerminalText.name($1)) }
        Console.warn(shown)
        if asJSON {
            let message = isUsage ? Atelier.message(for: error) : message(of: error)
            Console.json(["error": message])
        }
    }

    /// What failed, as it is said to people.
    static func message(of error: any Error) -> String {
        // Foundation's own errors describe themselves for programmers.
        error is CocoaError ? error.localizedDescription : String(describing: error)
    }
}
