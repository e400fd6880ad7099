import ArgumentParser
import Datasets
import Evaluation
import Files
import Foundation
import Generation
import Runs

/// `atelier evaluate`: figures of drawings beside real pictures.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Compare drawings with real pictures: FID, KID, precision, recall and more.",
        discussion: """
            Metrics, all by default: \(Metrics.registry.all.map(\.name).joined(separator: ", ")).

            Examples:
              atelier evaluate runs/00012-dcgan-mnist-batch64
              atelier evaluate drawings/ --against mnist --metrics fid,kid,pr
              atelier evaluate theirs.zip --against ours.zip --size 64

            Features are those of a small network that learns the real pictures first: such figures are \
            called local, and compare with each other where network and counts are the same, never with \
            published ones. Of a run, each figure becomes a line of metric-NAME.jsonl in its folder.
            """,
        aliases: ["eval"]
    )

    @Argument(help: "\(EvaluatedSubject.forms); or pictures: a folder, zip or set.")
    var subject: String

    @Option(
        help: "The real pictures: a set's name, a folder or a zip file; the model's own by default."
    )
    var against: String?

    @Option(help: "Where a named set lies; the known places by default.")
    var data: String?

    @Option(help: "Seed of the drawings.")
    var seed: UInt64 = 0

    @Option(
        help:
            "Pixels a side that pictures are compared at; the model's, or those of the first picture."
    )
    var size: Int?

    @Option(help: "Weights of Inception or VGG16 (safetensors), in place of a local network.")
    var features: String?

    @Option(
        help:
            "Passes in which the local network learns; as many as the pictures ask for by default."
    )
    var epochs: Int?

    @Option(
        name: [.short, .long],
        help: "Write metric-NAME.jsonl to this folder; a run's own by default."
    )
    var out: String?

    @Option(help: "cpu, cuda, cuda:N or mps.")
    var device = "cpu"

    @Option(help: "Threads of the processor; as many as are quickest by default.")
    var threads: Int?

    @Option(
        help: "Drawings at each point of a line of precision and recall for the report; 0 for none."
    )
    var sweep = 0

    @Option(
        help: """
            Drawings, and as many real pictures, that TensorBoard's projector shows with their features; \
            0 for none.
            """
    )
    var projector = 0

    @OptionGroup var measuring: MetricOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, most) in [("--sweep", sweep, 100_000), ("--projector", projector, 5000)]
        where !(0...most).contains(value) {
            throw ValidationError("\(name) expects 0 to \(most), found \(value).")
        }
        for (name, value, most) in [
            ("--size", size ?? 8, 1024),
            ("--epochs", epochs ?? 1, 10_000), ("--threads", threads ?? 1, 1024),
        ] where !(1...most).contains(value) {
            throw ValidationError("\(name) expects 1 to \(most), found \(value).")
        }
    }

    func run() async throws {
        let subject = try EvaluatedSubject(
            self.subject,
            device: device,
            threads: threads,
            size: size
        )
        let quiet = output.quiet
        let notice: @Sendable (String) -> Void = { if !quiet { Console.warn($0) } }
        let real = try subject.real(against, data: data, notice: notice)
        let session = try EvaluationSession(
            of: try subject.pictures(
                like: real,
                samples: measuring.samples,
                seed: seed,
                notice: notice
            ),
            against: real,
            by: features.map { InstalledModels().place(of: $0) ?? URL(filePath: $0) },
            epochs: epochs,
            keptIn: CacheFolder.judges(),
            watch: notice
        )
        let evaluation = try session.evaluation(
            try measuring.metrics(otherwise: Metrics.registry.all)
        )
        let heldOut =
            evaluation.realCounts[1] > 0 ? " and \(evaluation.realCounts[1]) held out" : ""
        Console.say(
            "\(evaluation.drawings) pictures of \(evaluation.subject) beside"
                + " \(evaluation.realCounts[0]) of \(evaluation.real)\(heldOut)\n"
                + "features: \(evaluation.features), \(evaluation.featuresDigest)\n\n"
                + evaluation.table,
            output
        )
        for pair in evaluation.nearest { Console.say(pair.sentence, output) }
        for omission in evaluation.omissions {
            Console.say("\(omission.measure): \(omission.reason)", output)
        }
        if output.json { Console.json(evaluation) }
        let folder = out.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? subject.folder
        guard let folder else {
            if projector > 0 {
                Console.warn("the projector's files need a folder: name it with --out")
            }
            return
        }
        try MetricFile.append(evaluation, of: subject.snapshot, in: folder)
        try EvaluationFolder.keep(try session.details(sweep: sweep), in: folder)
        guard projector > 0 else { return }
        try EvaluationFolder.keep(try session.projector(projector), in: folder)
    }
}
