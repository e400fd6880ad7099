import Evaluation
import Foundation
import Imaging

/// Compares two folders of pictures: distance, precision and recall, each with its interval.
///
///     swift run -c release Measure DRAWN REAL
@main enum Measure {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2 else {
            print("usage: Measure DRAWN REAL")
            exit(2)
        }
        let form = RealPictures.Form(width: 32, height: 32, channels: 3)
        let drawn = try RealPictures(words[0], as: form, notice: { _ in })
        let real = try RealPictures(words[1], as: form, notice: { _ in })
        let session = try EvaluationSession(
            of: .pictures(drawn),
            against: real,
            keptIn: FileManager.default.temporaryDirectory.appending(path: "measure"),
            watch: { print($0) }
        )
        let found = try session.evaluation(["fid", "pr"].compactMap { Metrics.registry[$0] })
        print(found.table)
    }
}
