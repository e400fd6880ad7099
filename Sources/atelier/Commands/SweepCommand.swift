import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Generation
import Runs
import Training

/// `atelier sweep`: a grid of changes to a recipe, trained one after the other.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Train a recipe with all combinations of some values, and compare.",
        discussion: """
            What --metrics names is measured after each run, nothing by default. After Ctrl-C the same \
            command goes on. TensorBoard shows the runs as rows under HPARAMS.

            With --halving 3 all runs train for --minutes or --steps; then the best third by --monitor goes on to \
            three times as much, a third of these to nine times, until one is left (successive halving).

            Example:
              atelier sweep seed-dcgan --grid optimizers.generator.learning-rate=1e-4,2e-4 --grid seed=0,1 \\
                --epochs 5 --metrics fid,pr --out sweeps/rates
              atelier sweep digits --grid training.batch=32,64,128 --minutes 2 --halving 3 \\
                --metrics fid --monitor fid_local --out sweeps/batches
            """
    )

    @Argument(help: "A recipe that comes with atelier, or the path of one in YAML.")
    var recipe: String

    @Option(help: "A key and its values: key.path=value,value; may be repeated.")
    var grid: [String]

    @Option(help: "Change all runs: key.path=value; may be repeated.")
    var set: [String] = []

    @Option(help: "Epochs of each run.")
    var epochs: Int?

    @Option(help: "The most steps of each run.")
    var steps: Int?

    @Option(help: "The most minutes of training of each run.")
    var minutes: Double?

    @Option(help: "One of so many runs goes on with so many times its --steps or --minutes.")
    var halving: Int?

    @Option(help: "The figure that decides which runs go on, such as fid_local or recall.")
    var monitor: String?

    @Option(help: "Whether --monitor is better low or high: min or max.")
    var mode = "min"

    @Option(help: "Where the pictures lie.")
    var data: String?

    @Option(help: "Threads of the processor.")
    var threads: Int?

    @Option(name: [.short, .long], help: "The sweep's folder.")
    var out = "sweep"

    @OptionGroup var measuring: MetricOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let cells = try axes().reduce(1) { $0 * $1.values.count }
        guard (1...1000).contains(cells) else {
            throw ValidationError("--grid expects up to 1000 combinations, found \(cells).")
        }
        for (name, value) in [("--epochs", epochs), ("--steps", steps), ("--threads", threads)] {
            if let value, value < 1 {
                throw ValidationError("\(name) expects a number from 1, found \(value).")
            }
        }
        if let minutes, !(0.01...1e6).contains(minutes) {
            throw ValidationError("--minutes expects 0.01 to 1000000, found \(minutes).")
        }
        _ = try rule()
    }

    /// Which runs go on, where halving is asked for.
    private func rule() throws -> SweepHalving? {
        guard let mode = Recipe.Mode(rawValue: mode) else {
            throw ValidationError("--mode expects min or max, found '\(mode)'.")
        }
        guard let halving else {
            guard monitor == nil else {
                throw ValidationError(
                    "--monitor decides which runs go on: give --halving 3 with it."
                )
            }
            return nil
        }
        guard (2...100).contains(halving) else {
            throw ValidationError("--halving expects 2 to 100, found \(halving).")
        }
        guard let monitor, !monitor.isEmpty else {
            throw ValidationError(
                "--halving needs the figure that decides: --metrics fid --monitor fid_local."
            )
        }
        guard steps != nil || minutes != nil else {
            throw ValidationError("--halving needs the first round's --minutes or --steps.")
        }
        let name = monitor.contains("/") ? monitor : "Metrics/\(monitor)"
        return SweepHalving(factor: halving, figure: name, mode: mode)
    }

    func run() async throws {
        let plan = SweepPlan(
            recipe: recipe,
            axes: try axes(),
            changes: TypedNumbers.changes(set) + (epochs.map { ["training.epochs=\($0)"] } ?? []),
            terms: [
                steps.map { "steps \($0)" },
                minutes.map { "minutes \($0)" },
                measuring.names.map { "metrics \($0) of \(measuring.samples)" },
                self.data.map { "data \($0)" },
            ].compactMap { $0 },
            halving: try rule()
        )
        var options = TrainerOptions()
        options.dataPath = data
        options.threads = threads
        options.steps = steps
        options.minutes = minutes
        Console.outliveOutput()
        let stop = StopRequest()
        let signals = StopSignals(stop)
        defer { signals.end() }
        let sweep = Sweep(
            plan,
            in: URL(filePath: out, directoryHint: .isDirectory),
            options: options,
            stop: stop
        ) { [output] in Console.say($0, output) }
        let (metrics, samples, data) = (
            try measuring.metrics(otherwise: []), measuring.samples, data
        )
        let measure: Sweep.Measuring = { run in
            guard !metrics.isEmpty else { return [:] }
            let subject = try EvaluatedSubject(run.url.path, device: "cpu", threads: nil, size: nil)
            let real = try subject.real(nil, data: data) { _ in }
            let session = try EvaluationSession(
                of: try subject.pictures(like: real, samples: samples, seed: 0) { _ in },
                against: real,
                keptIn: CacheFolder.judges(),
                watch: { _ in }
            )
            let found = try session.evaluation(metrics)
            try MetricFile.append(found, of: subject.snapshot, in: run.url)
            return Dictionary(found.measurements.map { ($0.name, $0.value) }) { first, _ in first }
        }
        guard let rows = try await sweep.run(measure: measure) else {
            throw ExitCode(stop.cause == .terminated ? 143 : 130)
        }
        Console.outliveOutput(false)
        Console.say(table(rows, plan), output)
        if output.json { Console.json(rows) }
    }

    /// The rows as a table in Markdown.
    private func table(_ rows: [SweepRow], _ plan: SweepPlan) -> String {
        let names = Set(rows.flatMap(\.figures.keys)).sorted()
        let round = plan.halving == nil ? [] : ["round"]
        let head = plan.axes.map(\.key) + round + ["images", "ended"] + names
        let lines = rows.map { row in
            row.cell + (row.rung.map { ["\($0 + 1)"] } ?? [])
                + ["\(row.images)", row.reason.rawValue]
                + names.map { name in row.figures[name].map { String(format: "%.4g", $0) } ?? "–" }
        }
        return ([head, head.map { _ in "---" }] + lines)
            .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private func axes() throws -> [SweepPlan.Axis] {
        try grid.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            // Commas within brackets belong to a value.
            let values = parts.count == 2 ? SweepCommand.values(parts[1]) : []
            guard !values.isEmpty, values.allSatisfy({ !$0.isEmpty }) else {
                throw ValidationError("--grid expects key.path=value,value, found '\(text)'.")
            }
            guard Set(values).count == values.count else {
                throw ValidationError("--grid expects each value once, found '\(text)'.")
            }
            return SweepPlan.Axis(parts[0], values)
        }
    }

    private static func values(_ text: String) -> [String] {
        var (values, depth) = ([""], 0)
        for character in text {
            if character == "[" || character == "{" { depth += 1 }
            if character == "]" || character == "}" { depth -= 1 }
            if character == ",", depth == 0 {
                values.append("")
            } else {
                values[values.count - 1].append(character)
            }
        }
        return values.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
