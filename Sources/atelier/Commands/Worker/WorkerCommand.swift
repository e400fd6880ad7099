import ArgumentParser
import Foundation
import Generation
import Requests

/// `atelier worker`: draws what a studio orders, until its standard input closes.
///
/// It stays on one thread, since how many threads an operation is spread over belongs to the thread.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Draw what a studio orders in lines of JSON.",
        discussion: """
            Orders come on standard input, a line each; replies go to standard output, a line each. It ends \
            with status 0 as soon as standard input closes, also while it draws.
            """,
        shouldDisplay: false
    )

    @Flag(help: "Load the bundled model before saying that it is ready.")
    var preload = false

    @Option(help: "How many models stay loaded: those used last.")
    var models = 2

    @Option(help: "cpu, cuda, cuda:N or mps.")
    var device = "cpu"

    @Option(help: "Threads of the processor; as many as are quickest by default.")
    var threads: Int?

    @Option(help: "A folder with another acoustic model and its dictionary.")
    var speechModel: String?

    @OptionGroup var rules: RuleOptions

    func validate() throws {
        guard (1...64).contains(models) else {
            throw ValidationError("--models expects 1 to 64, found \(models).")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads expects 1 to 1024, found \(threads).")
        }
    }

    func run() throws {
        // Ctrl-C in a terminal reaches the studio, too, which ends its worker when it is done with it.
        signal(SIGINT, SIG_IGN)
        let output = WorkerOutput()
        let inbox = WorkerInbox(output)
        inbox.open()
        let worker = Worker(
            models: WorkerModels(
                limit: models,
                device: device,
                threads: threads,
                speechModel: speechModel.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ),
            rules: try rules.load(),
            output: output
        )
        if preload { _ = try worker.models.model(BundledModel.usual.name) }
        output.send(WorkerReply(.ready))
        while true { worker.handle(inbox.next()) }
    }
}
