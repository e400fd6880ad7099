import Foundation
import Runs

/// What a run's folder says of the run.
public struct RunRecord: Sendable {
    /// The folder.
    public let folder: RunFolder
    /// What the run does, or how it ended; nothing where that was never written.
    public let status: RunStatus?
    /// The figures of all ticks.
    public let entries: [JournalEntry]
    /// All options, as they were written.
    public let options: String
    /// The same in the form of recipes, where this version can read them.
    public let recipe: String
    /// Grids that were drawn on the way, the first one first.
    public let sheets: [Sheet]
    /// The latest line of each metric, by name.
    public let metrics: [MetricLine]
    /// What `atelier evaluate` kept beside its figures, where it did.
    public let details: EvaluationDetails?

    /// A grid drawn on the way.
    public struct Sheet: Sendable, Equatable {
        /// Thousands of pictures shown until then.
        public var kiloimages: Double
        /// The file.
        public var file: URL
    }

    /// A line of `metric-NAME.jsonl`.
    public struct MetricLine: Codable, Sendable, Equatable {
        /// Figures by name.
        public var results: [String: Double]
        /// The metric.
        public var metric: String
        /// Half of the interval of 95 of 100 samples.
        public var interval: Double?
        /// Drawings that it was measured on.
        public var drawings: Int?
        /// Real pictures beside them.
        public var real: Int?
        /// What they are called.
        public var against: String?
    }

    /// Reads a run's folder.
    ///
    /// - Throws: `FileError` for what is no run's folder or has a damaged journal.
    public init(_ folder: RunFolder) throws {
        self.folder = folder
        let files = FileManager.default
        entries =
            files.fileExists(atPath: folder.stats.path) ? try Journal.read(folder.stats) : []
        status = try? RunStatus.read(folder.status)
        options = (try? String(contentsOf: folder.trainingOptions, encoding: .utf8)) ?? ""
        let decoded = try? JSONDecoder().decode(Recipe.self, from: Data(options.utf8))
        recipe = decoded?.yaml ?? options
        let names = try files.contentsOfDirectory(atPath: folder.url.path).sorted()
        sheets = names.compactMap { name in
            guard name.hasPrefix("fakes"), name.hasSuffix(".png") else { return nil }
            let number = name.dropFirst(5).dropLast(4)
            let kiloimages = number == "_init" ? 0 : Double(number)
            // Other files may be called so, with numbers of any size.
            return kiloimages.flatMap { (0...1e12).contains($0) ? $0 : nil }.map {
                Sheet(kiloimages: $0, file: folder.url.appending(path: name))
            }
        }.sorted { $0.kiloimages < $1.kiloimages }
        metrics = names.filter { $0.hasPrefix("metric-") && $0.hasSuffix(".jsonl") }
            .compactMap { RunRecord.last(folder.url.appending(path: $0)) }
        details = try EvaluationDetails.read(folder.url)
    }

    /// The last whole line of a file of results.
    private static func last(_ file: URL) -> MetricLine? {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n")
        return lines.reversed().lazy.compactMap { line in
            try? JSONDecoder().decode(MetricLine.self, from: Data(line.utf8))
        }.first
    }

    /// Thousands of pictures after a line of figures.
    func kiloimages(_ entry: JournalEntry) -> Double? {
        if let told = entry.statistics["Progress/kimg"]?.mean { return told }
        // Lines of evaluations tell the step alone.
        guard let step = entry.step, let rate = kiloimagesPerStep else { return nil }
        return Double(step) * rate
    }

    private var kiloimagesPerStep: Double? {
        entries.lazy.reversed().compactMap { entry in
            guard let kiloimages = entry.statistics["Progress/kimg"]?.mean, let step = entry.step,
                step > 0
            else { return nil }
            return kiloimages / Double(step)
        }.first
    }

    /// The names of all figures.
    var figures: Set<String> { Set(entries.flatMap(\.statistics.keys)) }

    /// A figure over the thousands of pictures.
    func points(_ name: String) -> [LinePlot.Point] {
        entries.compactMap { entry in
            guard let value = entry.statistics[name]?.mean, let place = kiloimages(entry) else {
                return nil
            }
            return LinePlot.Point(place, value)
        }
    }
}
