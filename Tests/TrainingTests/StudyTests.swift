import Foundation
import TestSupport
import Testing
import Training

@Suite struct StudyTests {
    private let scratch: ScratchFolder
    private let options: Study.Options

    init() throws {
        scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
        var options = Study.Options()
        options.questions = ["likelihood", "tokenizer"]
        // A step each.
        options.minutes = 1e-6
        options.seeds = [1, 2]
        options.samples = 30
        options.changes = ["data.size=[8, 8]", "training.precision=float32", "training.batch=8"]
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        self.options = options
    }

    private func study(
        _ options: Study.Options,
        stop: StopRequest = StopRequest()
    ) async throws -> String? {
        let folder = scratch.url.appending(path: "study")
        return try await Study(in: folder, options: options, stop: stop) { _ in }.run()
    }

    /// Every way and seed is measured once; what is there is not done again.
    @Test func whatIsThereIsNotDoneAgain() async throws {
        let stopped = StopRequest()
        stopped.stop(.terminated)
        #expect(try await study(options, stop: stopped) == nil)
        let report = try #require(try await study(options))
        for name in [
            "joint", "alone", "alone-short", "neither", "classification", "restoration", "both",
        ] {
            #expect(report.contains("| \(name) | 1 |"), "\(name)")
        }
        let file = scratch.url.appending(path: "study/results.json")
        let results = try Data(contentsOf: file)
        let rows = try #require(try JSONSerialization.jsonObject(with: results) as? [[String: Any]])
        // Seven ways with two seeds, and real pictures for each question.
        #expect(rows.count == 16)
        #expect(rows.allSatisfy { !(($0["figures"] as? [String: Double]) ?? [:]).isEmpty })
        #expect(try await study(options) == report)
        #expect(try Data(contentsOf: file) == results)
    }

    @Test func anotherStudyIsRefused() async throws {
        let stopped = StopRequest()
        stopped.stop(.terminated)
        _ = try await study(options, stop: stopped)
        var other = options
        other.seeds = [3]
        await #expect(throws: StudyError.self) { try await study(other) }
        other.questions = ["colours"]
        await #expect(throws: StudyError.unknownQuestion("colours")) { try await study(other) }
    }
}
