import Foundation

/// The command `atelier` as a process of its own.
public final class RunningCommand {
    /// How a command ended and what it said.
    public struct Ending: Sendable {
        /// The exit status, or the number of the signal that ended it.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
    }

    private let process = Process()
    private let folder: ScratchFolder

    /// Starts the command with these arguments in a folder, with nothing on standard input or what is given.
    ///
    /// With a shell's line the shell runs, in which `"$0" "$@"` is the command with its arguments.
    public init(
        _ arguments: [String],
        in directory: URL,
        input: Pipe? = nil,
        shell: String? = nil
    ) throws {
        folder = try ScratchFolder()
        process.executableURL = try RunningCommand.executable()
        process.arguments = arguments
        if let shell {
            process.arguments = ["-c", shell, try RunningCommand.executable().path] + arguments
            process.executableURL = URL(filePath: "/bin/sh")
        }
        process.currentDirectoryURL = directory
        var environment = ProcessInfo.processInfo.environment
        environment["ATELIER_CACHE"] = directory.appending(path: "cache").path
        environment["ATELIER_DATA"] = nil
        environment["ATELIER_MODELS"] = directory.appending(path: "models").path
        environment["XDG_CONFIG_HOME"] = directory.appending(path: "settings").path
        process.environment = environment
        process.standardOutput = try handle("output")
        process.standardError = try handle("errors")
        if let input {
            process.standardInput = input
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
    }

    /// Runs the command to its end.
    public static func run(
        _ arguments: [String],
        in directory: URL,
        shell: String? = nil
    ) throws -> Ending {
        try RunningCommand(arguments, in: directory, shell: shell).wait()
    }

    /// Sends a signal.
    public func send(_ number: Int32) { kill(process.processIdentifier, number) }

    /// The system's number of the process.
    public var identifier: Int32 { process.processIdentifier }

    /// Whether the command still runs.
    public var isRunning: Bool { process.isRunning }

    /// What the command has said on standard output so far.
    public var output: String { text("output") }

    /// Waits for the end.
    public func wait() -> Ending {
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus,
            output: text("output"),
            errors: text("errors")
        )
    }

    private func handle(_ name: String) throws -> FileHandle {
        let file = folder.url.appending(path: name)
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    private func text(_ name: String) -> String {
        let data = try? Data(contentsOf: folder.url.appending(path: name))
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// The command that was built beside the tests.
    private static func executable() throws -> URL {
        let build = repositoryRoot.appending(path: ".build")
        for folder in ["release", "debug"] {
            let file = build.appending(path: folder).appending(path: "atelier")
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
        throw FixtureError(
            description: "no atelier in \(build.path): build it first (make build)"
        )
    }
}
