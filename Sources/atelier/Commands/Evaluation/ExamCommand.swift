import ArgumentParser
import Datasets
import Evaluation
import Files
import Foundation
import Generation
import Imaging
import Training

/// `atelier exam`: whether a model draws scenes as they are asked for.
struct ExamCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exam",
        abstract: "Ask a model for scenes and count how often it draws them.",
        discussion: """
            Eight rows (one thing, colour, counting, two things, position, attribute binding, wearing, \
            style), with combinations that training has and that it never has, in English and Chinese. A \
            judge that learned from real scenes looks at the drawings; what it makes of real scenes is \
            printed beside. It learns before the first exam, for an hour or two, and is kept; Ctrl-C saves, \
            and the next exam goes on.
            """
    )

    @Option(help: "Drawings of each row, part and language.")
    var drawings = 400

    @Option(help: "Scenes that the judge learns from.")
    var lessons = 120_000

    @Option(
        parsing: .upToNextOption,
        help: "Only these rows."
    )
    var rows: [SceneExamRow] = []

    @Flag(help: "Train the judge, print what it makes of real scenes, and draw nothing.")
    var judgeOnly = false

    @Option(help: "A folder for sheets of drawings, with what the judge says of each.")
    var sheets: String?

    @Option(help: "Candidates for each drawing, of which the model keeps the one that fits best.")
    var quality = 1

    @Flag(help: "Draw scenes as a whole, also where the model's things are drawn one by one.")
    var whole = false

    @OptionGroup var sampling: SamplingArguments

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...16).contains(quality) else {
            throw ValidationError("--quality expects 1 to 16, found \(quality).")
        }
        for (name, value) in [("--drawings", drawings), ("--lessons", lessons)]
        where !(4...10_000_000).contains(value) {
            throw ValidationError("\(name) expects 4 to 10000000, found \(value).")
        }
    }

    func run() async throws {
        var effort = SceneExam.Effort()
        (effort.drawings, effort.lessons) = (drawings, lessons)
        effort.drawsWhole = whole
        let model = judgeOnly ? nil : try self.model.load()
        effort.sampling = model.map { model in
            var usual = model.request(seed: 0, indices: []).sampling
            usual.change(sampling.changes)
            usual.quality = quality
            return usual
        }
        if let threads = self.model.threads { GeneratorModel.setThreads(threads) }
        let stop = StopRequest()
        let signals = StopSignals(stop)
        let exam = try SceneExam(
            SpriteBank(PicturesSource()),
            effort: effort,
            keptIn: CacheFolder.judges(),
            notice: { Console.warn($0) },
            isStopping: { stop.cause != nil }
        )
        signals.end()
        guard let exam else { throw ExitCode(stop.cause == .interrupted ? 130 : 143) }
        let asked = rows.isEmpty ? SceneExamRow.allCases : rows
        guard let model else {
            let ceilings = try asked.map { row in
                Ceiling(
                    row: row,
                    seen: try exam.ceiling(row, .seen),
                    heldOut: try exam.ceiling(row, .heldOut)
                )
            }
            for ceiling in ceilings { Console.say(ceiling.text, output) }
            if output.json { Console.json(ceilings) }
            return
        }
        var shown: [SceneExamRow: [SceneExamAnswer]] = [:]
        let table = try SceneExamTable(
            of: model,
            exam,
            rows: asked,
            notice: { Console.warn($0) },
            watch: { answer in
                let alike = shown[answer.row, default: []].count(where: answer.isLike)
                if sheets != nil, alike < 2 {
                    shown[answer.row, default: []].append(answer)
                }
            }
        )
        Console.say(table.markdown, output)
        if let sheets {
            for row in asked {
                let answers = shown[row] ?? []
                let file = try NewFile.write(
                    SceneExamAnswer.sheet(answers),
                    to: URL(filePath: sheets).appending(path: "exam-\(row.rawValue).png"),
                    metadata: PictureMetadata()
                ).path
                Console.say(file, output)
            }
        }
        if output.json { Console.json(table) }
    }

    /// What the judge makes of real scenes.
    private struct Ceiling: Encodable {
        let row: SceneExamRow
        let seen: Double
        let heldOut: Double

        var text: String {
            String(
                format: "%@: %.1f %% seen, %.1f %% held out",
                row.title,
                100 * seen,
                100 * heldOut
            )
        }
    }
}

extension SceneExamRow: ExpressibleByArgument {}
