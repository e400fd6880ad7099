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

    /// Says how large a run's file is in place of measuring what it draws.
    private struct Counting: StudyMeter {
        let accuracy = 1.0

        func figuresOfReal() throws -> [String: Double] { ["fid": 0] }

        func figures(of file: URL) throws -> [String: Double] {
            ["fid": Double(try Data(contentsOf: file).count)]
        }
    }

    private func study(
        _ options: Study.Options,
        stop: StopRequest = StopRequest()
    ) async throws -> String? {
        let folder = scratch.url.appending(path: "study")
        return try await Study(
            in: folder,
            options: options,
            stop: stop,
            measuring: { _, _, _ in Counting() }
        ) { _ in }.run()
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
        let results = try results()
        // Seven ways with two seeds, and real pictures for each question.
        #expect(results.count == 16)
        for result in results.values {
            let row = try #require(try JSONSerialization.jsonObject(with: result) as? [String: Any])
            #expect(!((row["figures"] as? [String: Double]) ?? [:]).isEmpty)
        }
        #expect(try await study(options) == report)
        #expect(try self.results() == results)
    }

    /// Two that work on one folder share its runs: each is trained once.
    @Test func twoShareTheRuns() async throws {
        let stopped = StopRequest()
        stopped.stop(.terminated)
        // The plan is made by one of them.
        _ = try await study(options, stop: stopped)
        let folder = scratch.url.appending(path: "study")
        let two = (0..<2).map { _ in
            Study(
                in: folder,
                options: options,
                stop: StopRequest(),
                measuring: { _, _, _ in Counting() }
            ) { _ in }
        }
        async let first = two[0].run()
        async let second = two[1].run()
        _ = try await (first, second)
        #expect(try results().count == 16)
        for name in try runs() {
            let inside = try FileManager.default.contentsOfDirectory(
                atPath: scratch.url.appending(path: "study/runs/\(name)").path
            )
            #expect(inside.filter { $0 != "claim" }.count == 1, "\(name)")
        }
        #expect(try await study(options)?.contains("| both | 1 |") == true)
    }

    private func runs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: scratch.url.appending(path: "study/runs").path
        )
    }

    private func results() throws -> [String: Data] {
        let folder = scratch.url.appending(path: "study/results")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: try names.map {
                ($0, try Data(contentsOf: folder.appending(path: $0)))
            }
        )
    }

    /// What was measured stays when another question is asked.
    @Test func furtherQuestionsMayCome() async throws {
        var first = options
        first.questions = ["tokenizer"]
        _ = try await study(first)
        let before = try results()
        #expect(try await study(options)?.contains("| joint | 1 |") == true)
        let after = try results()
        #expect(after.count == 16)
        #expect(before.allSatisfy { after[$0.key] == $0.value })
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
