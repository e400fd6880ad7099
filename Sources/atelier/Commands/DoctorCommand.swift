import ArgumentParser
import Training

/// `atelier doctor`: looks whether everything works on this machine.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look whether everything works on this machine."
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = MachineReport()
        Console.say("     atelier      \(Version.text)", output)
        for check in report.checks {
            let mark = check.isFine ? "ok  " : "FAIL"
            let name = check.name.padding(toLength: 12, withPad: " ", startingAt: 0)
            Console.say("\(mark) \(name) \(check.found)", output)
            if let hint = check.hint, !check.isFine { Console.say("     → \(hint)", output) }
        }
        if output.json { Console.json(report) }
        if !report.isFine { throw ExitCode(1) }
    }
}
