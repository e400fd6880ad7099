import ArgumentParser
import Foundation
import Generation
import Logging
import Prompts
import Studio

/// `atelier serve`: the studio as a page and as an interface for programs.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Open the studio: a page in the browser, and an interface for programs.",
        discussion: """
            Examples:
              atelier serve
              atelier serve --port 8080 --data ~/pictures
              ATELIER_KEY=$(openssl rand -hex 24) atelier serve --host 0.0.0.0 --host-name studio.lan
              atelier serve --base-path /atelier --host-name example.org

            Programs that know the OpenAI image interface use http://127.0.0.1:7860/v1; the document is at \
            /openapi.json. On this machine alone no key is asked for; any other address needs one.

            Everything is kept in one folder. Stop it with Ctrl-C; what waits goes on at the next start, and \
            training runs go on by themselves.
            """
    )

    @Option(help: "The address to listen at; one that others reach needs a key.")
    var host = "127.0.0.1"

    @Option(help: "The port.")
    var port = 7860

    @Option(help: "The folder that the studio keeps everything in.")
    var data: String?

    @Option(help: "The folder of training runs.")
    var runs = "runs"

    @Option(
        help:
            "Another name that the studio is called by, with its port where that is not a usual one; may be repeated."
    )
    var hostName: [String] = []

    @Option(help: "The path below which a proxy shows the studio, such as /atelier.")
    var basePath = "/"

    @Option(help: "A file with a line 'user key' for each user; 'admin' sees everything.")
    var keyFile: String?

    @Option(help: "cpu, cuda, cuda:N or mps.")
    var device = "cpu"

    @Option(help: "Threads of the processor for drawing; as many as are quickest by default.")
    var threads: Int?

    @Option(help: "Jobs that one user may ask for in a minute; a sixth of them at once.")
    var jobsPerMinute = 60

    @Option(
        help: "Seconds that an address of a picture is good for, where programs ask for addresses."
    )
    var linkLife = 3600.0

    @Option(
        help: "A folder with another acoustic model and its dictionary, for prompts that are said."
    )
    var speechModel: String?

    @OptionGroup var rules: RuleOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...65_535).contains(port) else {
            throw ValidationError("--port expects 1 to 65535, found \(port).")
        }
        guard (1...1_000_000).contains(jobsPerMinute) else {
            throw ValidationError("--jobs-per-minute expects 1 to 1000000, found \(jobsPerMinute).")
        }
        do { _ = try BasePath(reading: basePath) } catch {
            throw ValidationError("\(error).")
        }
        guard linkLife > 0, linkLife <= 604_800 else {
            throw ValidationError("--link-life expects up to 604800 seconds, found \(linkLife).")
        }
    }

    func run() async throws {
        var configuration = StudioConfiguration(
            data: folder,
            runs: URL(filePath: runs, directoryHint: .isDirectory),
            models: InstalledModels().folder,
            program: Bundle.main.executablePath ?? CommandLine.arguments[0],
            version: Version.text
        )
        configuration.host = host
        configuration.port = port
        configuration.hostNames = hostName
        configuration.basePath = try BasePath(reading: basePath)
        configuration.keys = try keys()
        configuration.rules = try rules.load()
        // Rules of the house's own are for everybody.
        configuration.mayBeLenient = rules.rules == nil
        configuration.jobsPerMinute = jobsPerMinute
        configuration.burst = max(jobsPerMinute / 6, 1)
        configuration.linkLife = linkLife
        configuration.modelsOnDisk = Self.models
        configuration.updatesOnDisk = Self.updates
        configuration.workerArguments = ["--device", device]
        if let file = rules.rules { configuration.workerArguments += ["--rules", file] }
        if let threads { configuration.workerArguments += ["--threads", String(threads)] }
        if let speechModel { configuration.workerArguments += ["--speech-model", speechModel] }
        Console.outliveOutput()
        var logger = Logger(label: "atelier") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = output.quiet ? .error : .notice
        let (studio, output) = (try Studio(configuration, logger: logger), output)
        try await studio.run { address in
            Console.say("The studio is open: \(address)", output)
            Console.say("Stop it with Ctrl-C.", output)
            if output.json { Console.json(Opened(address: address)) }
        }
    }

    /// What 'atelier models' has added, whose weights are there.
    @Sendable
    private static func models() -> [ModelOnDisk] {
        let installed = InstalledModels()
        return ((try? installed.all()) ?? []).compactMap { entry in
            guard let place = installed.place(of: entry.name), entry.bytes > 0, !entry.isUpdates
            else { return nil }
            return ModelOnDisk(
                name: entry.name,
                kind: entry.network ?? "",
                bytes: entry.bytes,
                file: place.path
            )
        }
    }

    /// Updates of weights that 'atelier models' has added.
    @Sendable
    private static func updates() -> [UpdatesOnDisk] {
        ((try? InstalledModels().all()) ?? []).filter(\.isUpdates)
            .map { UpdatesOnDisk(name: $0.name, set: $0.source ?? "") }
    }

    /// What programs are told once it is open.
    private struct Opened: Encodable { let address: String }

    private var folder: URL {
        if let data { return URL(filePath: data, directoryHint: .isDirectory) }
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_DATA_HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share")
        return base.appending(path: "atelier/studio", directoryHint: .isDirectory)
    }

    /// The key of each user, from the environment and a file.
    private func keys() throws -> [String: String] {
        var keys: [String: String] = [:]
        if let key = ProcessInfo.processInfo.environment["ATELIER_KEY"], !key.isEmpty {
            keys["admin"] = key
        }
        guard let keyFile else { return try checked(keys) }
        let text = try String(contentsOf: URL(filePath: keyFile), encoding: .utf8)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 2 else {
                throw ValidationError(
                    "\(keyFile): a line is 'user key', found \(parts.count) words."
                )
            }
            keys[parts[0]] = parts[1]
        }
        return try checked(keys)
    }

    private func checked(_ keys: [String: String]) throws -> [String: String] {
        for (user, key) in keys where key.count < 16 {
            throw ValidationError(
                "the key of '\(user)' has \(key.count) characters, expected 16 or more."
            )
        }
        return keys
    }
}
