import Evaluation
import Files
import Foundation
import Runs

/// Lines of `metric-NAME.jsonl`, in the form that the field's tools read.
enum MetricFile {
    /// Adds a line for each figure.
    ///
    /// - Parameters:
    ///   - evaluation: The figures.
    ///   - snapshot: What was measured.
    ///   - folder: Where the files are; made where it is not there.
    /// - Throws: `FileError` where a file cannot be written.
    static func append(
        _ evaluation: PictureEvaluation,
        of snapshot: String,
        in folder: URL
    ) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let run = try RunFolder(opening: folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let total = evaluation.seconds.values.reduce(0, +)
        for one in evaluation.measurements {
            let line = Line(
                results: [one.name: one.value],
                metric: one.name,
                interval: one.half,
                drawings: one.drawings,
                real: one.real,
                against: evaluation.real,
                features: evaluation.featuresDigest,
                totalTime: total,
                totalTimeText: PlainDuration.text(total),
                gpuCount: 0,
                snapshot: snapshot,
                timestamp: Date().timeIntervalSince1970
            )
            let file = try Descriptor(
                run.metric(one.name).path,
                flags: O_WRONLY | O_CREAT | O_APPEND
            )
            try file.write(try encoder.encode(line) + Data("\n".utf8))
            try file.synchronize()
        }
    }

    /// One line; the names are those of StyleGAN's files.
    private struct Line: Encodable {
        let results: [String: Double]
        let metric: String
        let interval: Double?
        let drawings: Int
        let real: Int
        let against: String
        let features: String
        let totalTime: Double
        let totalTimeText: String
        let gpuCount: Int
        let snapshot: String
        let timestamp: Double

        private enum CodingKeys: String, CodingKey {
            case results, metric, interval, drawings, real, against, features, timestamp
            case totalTime = "total_time"
            case totalTimeText = "total_time_str"
            case gpuCount = "num_gpus"
            case snapshot = "snapshot_pkl"
        }
    }
}
