import Foundation
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Further teaching by marks: what is drawn gets better marks, and the tokenizer stays as it is.
@Suite("Reward") struct RewardTests {
    private let scratch: ScratchFolder
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
    }

    private func recipe(_ more: [String]) throws -> Recipe {
        try Recipe.load(
            "midjourney",
            overrides: [
                "data.set=mnist", "data.channels=1", "data.balance=0", "data.size=[8, 8]",
                "snapshots.grid=[2, 2]", "snapshots.every-epochs=0", "training.precision=float32",
                "training.batch=16", "evaluation.batch=16", "evaluation.every-epochs=0",
                "model.tokenizer={widths: [8, 8], codes: 16}", "model.discriminator.widths=[4, 8]",
                "model.transformer={width: 16, layers: 1, heads: 2, dropout: 0}",
            ] + more
        )
    }

    private func train(_ recipe: Recipe, steps: Int? = nil) async throws -> TrainingOutcome {
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        options.steps = steps
        return try await Trainer(recipe, options: options, stop: StopRequest()).run()
    }

    /// A run of the loop, and what the recipes that begin with it say.
    private func first() async throws -> (start: TrainingOutcome, changes: [String]) {
        let start = try await train(
            recipe([
                "training.epochs=22", "model.settles-at=1280",
                "optimizers.generator.learning-rate=5e-3",
                "optimizers.autoregressive={kind: adamw, learning-rate: 5e-3}",
                "optimizers.discriminator.learning-rate=2e-3",
            ])
        )
        let judge = RunFolder.critic(
            beside: try RunFolder(opening: start.folder).snapshot(images: start.images)
        )
        return (
            start,
            [
                "start={from: \(start.folder.path)}", "model.settles-at=0",
                "training.epochs=20", "training.average-half-lives=[]",
                "objective.reward={judge: \(judge.path), group: 8, realness: 0, kl: 0.01}",
                "optimizers.autoregressive={kind: adamw, learning-rate: 3e-3}",
            ]
        )
    }

    private func figures(_ name: String, of outcome: TrainingOutcome) throws -> [Double] {
        try Journal.read(RunFolder(opening: outcome.folder).stats).compactMap {
            $0.statistics[name]?.mean
        }
    }

    private func tensors(_ outcome: TrainingOutcome) throws -> [String: [UInt8]] {
        try Safetensors.read(from: #require(outcome.checkpoint)).tensors.mapValues { $0.bytes() }
    }

    @Test("drawings get better marks; only what draws the codes has changed")
    func marks() async throws {
        let (start, changes) = try await first()
        let taught = try await train(recipe(changes))
        #expect(taught.reason == .completed)
        let marks = try figures("Reward/mean", of: taught)
        let (early, late) = (try #require(marks.first), try #require(marks.last))
        #expect(late > early + 0.05, "\(early) to \(late) in \(marks.count) ticks")
        #expect(try figures("Reward/kl", of: taught).allSatisfy { $0.isFinite && $0 >= 0 })
        let (before, after) = (try tensors(start), try tensors(taught))
        let tokenizer = after.filter { $0.key.hasPrefix("generator.tokenizer") }
        #expect(!tokenizer.isEmpty && tokenizer.allSatisfy { before[$0.key] == $0.value })
        #expect(
            after.contains {
                $0.key.hasPrefix("generator.transformer") && before[$0.key] != $0.value
            }
        )
    }

    @Test("a run that was stopped goes on as if it had not been")
    func resumes() async throws {
        let (_, changes) = try await first()
        let autocast = changes + ["training.epochs=2", "objective.reward.updates=2"]
        let whole = try await train(recipe(autocast))
        let part = try await train(recipe(autocast), steps: whole.step / 2)
        var options = TrainerOptions()
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        let resumed = try await Trainer(
            resuming: "last",
            in: RunFolder(opening: part.folder),
            options: options,
            stop: StopRequest()
        ).run()
        #expect(try tensors(resumed) == tensors(whole))
    }

    @Test("what cannot be taught or judge is refused before the first step")
    func refusals() async throws {
        for (change, word) in [
            ("objective.reward={judge: x, group: 3}", "groups of 3"),
            ("objective.reward={judge: x}", "start.from"),
        ] {
            #expect {
                try recipe([change])
            } throws: { "\($0)".contains(word) }
        }
        let (_, changes) = try await first()
        for judge in ["/nowhere.safetensors", data.appending(path: "train-labels-idx1-ubyte").path]
        {
            await #expect(throws: (any Error).self) {
                try await train(
                    recipe(changes + ["objective.reward.judge=\(judge)"])
                )
            }
        }
    }
}
