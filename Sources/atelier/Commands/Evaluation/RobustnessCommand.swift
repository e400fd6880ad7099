import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Generation

/// `atelier robustness`: what small disturbances do to a discriminator and to the figures.
struct RobustnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robustness",
        abstract:
            "Disturb real pictures by noise, blur, JPEG and attacks, and see what a discriminator makes of it.",
        discussion: """
            The table says how often the discriminator still tells the class, how real it finds the pictures, \
            how often it finds them more real than drawings, and how far the Fréchet distance moves.

            Example: atelier robustness runs/00007-acgan-cifar10-batch64
            """
    )

    @Argument(help: "\(EvaluatedSubject.forms).")
    var subject: String

    @Option(help: "Real pictures, and about as many drawings.")
    var pictures = 500

    @Option(help: "Where the model's pictures lie; the known places by default.")
    var data: String?

    @Option(
        help:
            "Passes in which the local network learns; as many as the pictures ask for by default."
    )
    var epochs: Int?

    @Option(help: "Threads of the processor; as many as are quickest by default.")
    var threads: Int?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("--pictures", pictures, 4...100_000), ("--epochs", epochs ?? 1, 1...10_000),
            ("--threads", threads ?? 1, 1...1024),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
    }

    func run() async throws {
        let found = try EvaluatedSubject(subject, device: "cpu", threads: threads, size: nil)
        let quiet = output.quiet
        let notice: @Sendable (String) -> Void = { if !quiet { Console.warn($0) } }
        let real = try found.real(nil, data: data, notice: notice)
        guard real.count > 1 else {
            throw InfoError(
                "the set has one picture, expected two or more to compare. Name a larger one with --data."
            )
        }
        let table = try RobustnessTable(
            of: try found.anyModel(),
            on: real,
            pictures: pictures,
            epochs: epochs,
            keptIn: CacheFolder.judges(),
            watch: notice
        )
        Console.say(
            "\(table.pictures) real pictures, \(table.drawings) drawings\n\n\(table.markdown)",
            output
        )
        if output.json { Console.json(table) }
    }
}
