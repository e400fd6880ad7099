import ArgumentParser
import Files
import Foundation
import Training

/// Runs the command and turns every error into a message and an exit status.
@main
enum Main {
    static func main() async {
        StandardStream.prepare()
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Before anything starts a thread: one that is there already keeps memory of its own.
        if ["train", "study", "sweep", "bench"].contains(arguments.first) {
            if let others = TrainingProcess.prepare(), others > 0 {
                Console.warn(
                    "other threads ran before the training was prepared (\(others)); large steps take longer:"
                        + " remove what is loaded into the program (LD_PRELOAD), or report this"
                )
            }
        }
        WaitingThreads.sleepWhereOthersWork(arguments.first ?? "")
        do {
            try GivenNames.checkArguments()
            var command = try parsed(arguments)
            try GivenNames.checkFolder()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as ExitCode {
            Console.leave(error.rawValue)
        } catch {
            // Help and version requests are errors to the parser, but not to people.
            if Atelier.exitCode(for: error) == .success {
                KeptAnswer.say(Atelier.fullMessage(for: error) + "\n")
                Console.leave(0)
            }
            let isUsage = Atelier.exitCode(for: error) == .validationFailure
            Failure.report(error, isUsage: isUsage, asJSON: arguments.contains("--json"))
            Console.leave(Failure.status(of: error, isUsage: isUsage))
        }
        Console.leave(0)
    }

    /// The command that arguments ask for; where they ask for none, with their numbers in plain digits.
    private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        do {
            return try Atelier.parseAsRoot(arguments)
        } catch {
            let plain = TypedNumbers.plain(arguments)
            guard plain != arguments, let command = try? Atelier.parseAsRoot(plain) else {
                throw error
            }
            return command
        }
    }
}
