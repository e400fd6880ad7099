import Checks
import Files
import Foundation
import Synchronization

/// Writes for people and for programs.
enum Console {
    /// Whether the command's work is worth more than its words.
    private static let outlivesOutput = Atomic<Bool>(false)

    /// Lets the command go on where standard output takes nothing any more, as a training must; or no longer.
    static func outliveOutput(_ isSo: Bool = true) {
        outlivesOutput.store(isSo, ordering: .relaxed)
    }

    /// Prints a value as JSON on one line of standard output.
    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("a result cannot be written as JSON")
        }
        write(Data((TerminalText.json(String(decoding: data, as: UTF8.self)) + "\n").utf8))
    }

    /// Prints text on standard output: what a command was asked for.
    ///
    /// Characters that steer terminals are written out.
    static func print(_ text: String) { write(Data(TerminalText.shown(text).utf8)) }

    /// Prints what a terminal shall obey: a picture.
    static func steer(_ text: String) { write(Data(text.utf8)) }

    /// Prints a line for people: on standard error when standard output is for programs.
    static func say(_ text: String, _ output: OutputOptions) {
        guard !output.quiet else { return }
        if output.json { return warn(text) }
        print(text + "\n")
    }

    /// Prints a warning on standard error, also when all else is quiet.
    static func warn(_ text: String) { StandardStream.error.say(text) }

    /// Ends the command where nobody takes its results: quietly where a reader has seen enough, with status 1 otherwise.
    private static func write(_ data: Data) {
        do {
            try StandardStream.output.write(data)
        } catch {
            guard !outlivesOutput.load(ordering: .relaxed) else { return }
            if error.isClosedPipe { leave(0) }
            warn("Error: \(error)")
            leave(1)
        }
    }

    /// Ends the process at once.
    ///
    /// What C++ would tidy up at the end is left to the system: another thread may be in the middle of a step.
    static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}
