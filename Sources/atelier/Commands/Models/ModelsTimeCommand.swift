import ArgumentParser
import Foundation
import Generation

/// `atelier models time`: how quickly a published model draws here.
struct ModelsTimeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time",
        abstract: "Time how quickly a published model draws on this machine.",
        discussion: """
            Some steps in the middle of a picture are timed; seconds of a picture are computed from their median. \
            Example: atelier models time janus-pro-1b-int8 --pictures 4
            """
    )

    @Argument(help: "The model's name.")
    var name: String

    @Option(help: "Pictures drawn together, 1 to 4.")
    var pictures = 1

    @Option(help: "Steps that are timed.")
    var steps = 64

    @Option(help: "Threads of the processor; as many as are quickest by default.")
    var threads: Int?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, most) in [
            ("--pictures", pictures, 4), ("--steps", steps, 10_000),
            ("--threads", threads ?? 1, 1024),
        ] where !(1...most).contains(value) {
            throw ValidationError("\(name) expects 1 to \(most), found \(value).")
        }
    }

    func run() async throws {
        let models = InstalledModels()
        guard let place = models.place(of: name) else {
            throw GenerationError.notInstalled(name: name)
        }
        guard try models.memory(of: name) != nil else {
            throw GenerationError.notPublished(name: name)
        }
        if let threads { GeneratorModel.setThreads(threads) }
        let found = try PublishedModelTiming(of: place, pictures: pictures, steps: steps)
        Console.say(
            String(
                format: """
                    a step       %.1f ms, median of %d, quickest %.1f; %.1f ms of the processor, %d threads
                    codes        %.1f s for %d at a time, computed from it; %.1f s for a picture
                    decoder      %.1f s for a picture
                    weights      %.0f MB a step, %.1f GB/s; a plain sum reads %.1f GB/s
                    memory       %.2f GB at most
                    """,
                found.step * 1000,
                found.steps,
                found.quickest * 1000,
                found.work * 1000,
                found.threads,
                found.codes,
                found.pictures,
                found.codes / Double(found.pictures),
                found.picture,
                Double(found.bytes) / 1e6,
                found.rate / 1e9,
                found.memoryRate / 1e9,
                Double(found.peak ?? 0) / 1e9
            ),
            output
        )
        if output.json { Console.json(found) }
    }
}
