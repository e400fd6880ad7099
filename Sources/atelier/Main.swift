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
        WaitingThreads.sleepWhereOthersWork(arguments.first ?? "")
        if ["train", "study", "sweep", "bench"].contains(arguments.first) {
            TrainingProcess.prepare()
        }
        do {
            var command = try Atelier.parseAsRoot(arguments)
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
                Console.print(Atelier.fullMessage(for: error) + "\n")
                Console.leave(0)
            }
            let isUsage = Atelier.exitCode(for: error) == .validationFailure
            Failure.report(error, isUsage: isUsage, asJSON: arguments.contains("--json"))
            Console.leave(Failure.status(of: error, isUsage: isUsage))
        }
        Console.leave(0)
    }
}

/// What threads do that wait for each other.
private enum WaitingThreads {
    /// The commands whose threads wait much.
    private static let commands: Set = ["train", "study", "sweep", "bench", "evaluate", "worker"]

    /// Lets them sleep where other programs want the processor.
    ///
    /// Turning in circles they would take it from the very thread that is waited for. Which numbers come
    /// out does not depend on it. OpenMP decides when it is loaded, which is before anything here runs; so the process begins anew, once.
    static func sleepWhereOthersWork(_ command: String) {
        let environment = ProcessInfo.processInfo.environment
        guard commands.contains(command), environment["OMP_WAIT_POLICY"] == nil,
            environment["GOMP_SPINCOUNT"] == nil, areOthersWorking,
            let program = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe"
            )
        else { return }
        setenv("OMP_WAIT_POLICY", "passive", 1)
        execv(program, CommandLine.unsafeArgv)
    }

    /// Whether something else runs now, or did for much of the last minute.
    private static var areOthersWorking: Bool {
        let file = URL(filePath: "/proc/loadavg")
        guard let words = try? String(contentsOf: file, encoding: .utf8).split(separator: " "),
            words.count > 3, let load = Double(words[0]),
            let running = words[3].split(separator: "/").first.flatMap({ Int($0) })
        else { return false }
        return running > 1 || load > 0.5
    }
}
