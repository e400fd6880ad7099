import Foundation
import Imaging
import Prompts
import Requests
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

    /// Updates that were taken on are asked for by their names, in the command and of a worker.
    private func namedInPrompts(_ run: String, own: Picture, plain: Picture) throws {
        let added = try self.run("models", "add", run, "--name", "apples")
        #expect(added.status == 0 && added.output.contains("low-rank updates"), "\(added.errors)")
        func drawn(_ prompt: String, _ folder: String) throws -> Picture {
            let ending = try self.run(
                "imagine",
                prompt,
                "--seed",
                "3",
                "--count",
                "1",
                "--out",
                folder
            )
            #expect(ending.status == 0, "\(ending.errors)")
            return try self.drawn(folder)
        }
        #expect(try drawn("a red apple --lora apples", "named") == own)
        #expect(try drawn("a red apple --lora apples:0", "unweighted") == plain)
        for (arguments, word) in [
            (["a red apple --lora pears"], "pears"),
            (["a red apple --lora apples:x"], "flowers:0.8"),
            (["a red apple", "--model", "apples"], "--lora"),
            (["{a red apple,a leaf} --lora {apples,apples:2}"], "expected one model"),
        ] {
            let ending = try RunningCommand.run(["imagine"] + arguments, in: scratch.url)
            #expect(ending.status != 0 && ending.errors.contains(word), "\(ending.errors)")
        }
        // A worker keeps a model with updates and one without beside each other.
        let worker = try RunningWorker(in: scratch.url)
        _ = try worker.replies()
        for (number, prompt) in ["a red apple --lora apples", "a red apple"].enumerated() {
            let folder = scratch.url.appending(path: "worker-\(number)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let request = PictureRequest(
                .imagine,
                try Prompt.all(of: prompt).first,
                seed: 3,
                count: 1
            )
            let order = WorkerOrder(request, id: "\(number)", folder: folder.path)
            let replies = try worker.replies(to: order)
            #expect(replies.last?.event == .done, "\(replies)")
            #expect(try self.drawn("worker-\(number)") == (number == 0 ? own : plain))
        }
        _ = try worker.close()
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

        try namedInPrompts(name, own: own, plain: plain)

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
