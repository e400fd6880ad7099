import ArgumentParser
import Foundation

/// Runs the command and turns every error into a message and an exit status.
@main
enum Main {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try Atelier.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as ExitCode {
            exit(error.rawValue)
        } catch {
            // Help and version requests are errors to the parser, but not to people.
            if Atelier.exitCode(for: error) == .success { Atelier.exit(withError: error) }
            let isUsage = Atelier.exitCode(for: error) == .validationFailure
            Failure.report(error, isUsage: isUsage, asJSON: arguments.contains("--json"))
            exit(Failure.status(of: error, isUsage: isUsage))
        }
    }
}
