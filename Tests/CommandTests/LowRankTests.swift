import Foundation
import Imaging
import TestSupport
import Testing

/// Updates of few numbers, from training to drawing.
@Suite struct LowRankTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func run(_ arguments: String...) throws -> RunningCommand.Ending {
        try RunningCommand.run(arguments, in: scratch.url)
    }

    private func drawn(_ folder: String) throws -> Picture {
        let place = scratch.url.appending(path: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        let name = try #require(names.first { $0.hasSuffix(".png") })
        return try Picture(contentsOf: place.appending(path: name))
    }

    /// The bundled model with what was learned draws what the run's own snapshot draws; by weight, and twice, others.
    @Test func learnedAndAdded() throws {
        let set = scratch.url.appending(path: "set")
        try FileManager.default.createDirectory(at: set, withIntermediateDirectories: true)
        for number in 0..<6 {
            try ToyPicture.noise(number).write(to: set.appending(path: "\(number).png"))
            try Data("a red apple".utf8).write(to: set.appending(path: "\(number).txt"))
        }
        let trained = try run(
            "train",
            "my-pictures",
            "--data",
            "set",
            "--out",
            "runs",
            "--steps",
            "6",
            "--quiet",
            "--set",
            "training.batch=2",
            "--set",
            "start.replay=0",
            "--set",
            "start.low-rank.rank=4",
            "--set",
            "optimizers.autoregressive.learning-rate=0.05"
        )
        #expect(trained.status == 0, "\(trained.errors)")
        let runs = try FileManager.default.contentsOfDirectory(
            atPath: scratch.url.appending(path: "runs").path
        )
        let name = "runs/\(try #require(runs.first))"
        func imagine(_ folder: String, _ more: String...) throws -> Picture {
            let ending = try RunningCommand.run(
                ["imagine", "a red apple", "--seed", "3", "--count", "1", "--out", folder] + more,
                in: scratch.url
            )
            #expect(ending.status == 0, "\(ending.errors)")
            return try drawn(folder)
        }
        let plain = try imagine("plain")
        let own = try imagine("own", "--model", name)
        #expect(own != plain)
        #expect(try imagine("added", "--lora", name) == own)
        #expect(try imagine("none", "--lora", "\(name):0") == plain)
        #expect(try imagine("twice", "--lora", "\(name):0.5", "--lora", "\(name):0.5") != plain)

        let file = try #require(
            FileManager.default.contentsOfDirectory(
                atPath: scratch.url.appending(path: "added").path
            ).first { $0.hasSuffix(".png") }
        )
        let without = try run("rerun", "added/\(file)")
        #expect(without.status == 1 && without.errors.contains("low-rank"), "\(without.errors)")
        let again = try run("rerun", "added/\(file)", "--lora", name)
        #expect(again.status == 0 && again.output.contains("the same pixels"), "\(again.output)")

        for wrong in ["set", "set/0.txt", "nowhere", "\(name):99"] {
            let ending = try run("imagine", "a red apple", "--lora", wrong)
            #expect(ending.status != 0 && !ending.errors.contains("Fatal"), "\(ending.errors)")
        }
    }
}
