import Adversarial
import Foundation
import Midjourney
import Neural
import Runs
import TestSupport
import Testing
import Torch
import Training

/// A trained discriminator guards a generator: what must not be drawn is not drawn, whatever is asked for.
@Suite("Penalties") struct PenaltyTests {
    private let scratch: ScratchFolder
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
    }

    private func recipe(_ more: [String]) throws -> Recipe {
        try Recipe.load(
            "seed-dcgan",
            overrides: ToyData.settings + [
                "training.batch=16", "training.epochs=80", "snapshots.every-epochs=0",
                "evaluation.every-epochs=0", "model.conditional=true",
                "model.generator.widths=[16, 12, 8]", "model.discriminator.widths=[8, 16]",
                "objective.tasks={classification: {weight: 1, generator-weight: 0.5}}",
                "optimizers.generator={kind: adam, learning-rate: 4e-3, beta1: 0.5}",
                "optimizers.discriminator={kind: adam, learning-rate: 4e-3, beta1: 0.5}",
                "recovery.rollbacks=0",
            ] + more
        )
    }

    private func train(_ more: [String]) async throws -> (generator: URL, critic: URL) {
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        let outcome = try await Trainer(recipe(more), options: options, stop: StopRequest()).run()
        let snapshot = try RunFolder(opening: outcome.folder).snapshot(images: outcome.images)
        return (snapshot, RunFolder.critic(beside: snapshot))
    }

    /// Of drawings of all labels, the share that a discriminator takes for each class.
    private func shares(of snapshot: URL, by file: URL) throws -> [Double] {
        let (tensors, metadata) = try Safetensors.read(from: file)
        let critic = try #require(try CriticDescription(metadata: metadata)).critic()
        try critic.load(state: tensors)
        critic.setTraining(false)
        let (network, description) = try generator(ofSnapshot: snapshot)
        let count = description.labels
        let labels = Tensor((0..<16 * count).map { $0 % count })
        let latents = Tensor.normal(
            [labels.count, network.latentSize],
            using: RandomSource(seed: 5)
        )
        let classes = try #require(
            critic.classes(of: withoutGradients { network(latents, labels: labels) })
        )
        return (0..<count).map { kind in
            Double(classes.count { $0 == kind }) / Double(classes.count)
        }
    }

    @Test("a class that costs is not drawn, also where it is asked for; the others are")
    func guarded() async throws {
        let free = try await train([])
        let before = try shares(of: free.generator, by: free.critic)
        #expect(before[2] > 0.1, "\(before)")
        let guarded = try await train([
            "objective.penalties={guard: \(free.critic.path), classes: [2], weight: 20}"
        ])
        let after = try shares(of: guarded.generator, by: free.critic)
        #expect(after[2] < 0.02, "\(before) to \(after)")
        #expect(after.count { $0 > 0.1 } >= 2, "\(after)")
    }

    @Test("what cannot guard is refused before the first step, with its reason")
    func refusals() async throws {
        for (penalties, word) in [
            ("{guard: /nowhere, classes: [2]}", "no such file"),
            ("{guard: /nowhere, classes: []}", "1 to 1000"),
            ("{guard: /nowhere}", "objective.penalties.classes"),
            ("{classes: [2]}", "objective.penalties.guard"),
        ] {
            await #expect {
                try await train(["objective.penalties=\(penalties)"])
            } throws: { "\($0)".contains(word) }
        }
        let (_, critic) = try await train(["training.epochs=1"])
        let metadata = try Safetensors.readHeader(of: critic).metadata
        let names = try #require(try CriticDescription(metadata: metadata)).model.classNames
        let all = "[\(names.joined(separator: ", "))]"
        for (classes, word) in [("[cat]", "knows no class 'cat'"), (all, "forbid all")] {
            await #expect {
                try await train([
                    "training.epochs=1",
                    "objective.penalties={guard: \(critic.path), classes: \(classes)}",
                ])
            } throws: { "\($0)".contains(word) }
        }
        await #expect {
            try await train([
                "training.epochs=1", "data.size=[16, 16]",
                "objective.penalties={guard: \(critic.path), classes: [2]}",
            ])
        } throws: { "\($0)".contains("judges pictures of") }
    }
}
