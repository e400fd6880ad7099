import Foundation
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Runs that begin with trained networks.
@Suite struct TransferTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "mnist"))
    }

    private func run(
        _ name: String,
        _ changes: [String],
        steps: Int? = nil
    ) async throws -> (folder: RunFolder, notes: [String]) {
        let recipe = try Recipe.load(
            name,
            overrides: ToyData.settings + ["training.batch=16", "training.epochs=2"] + changes
        )
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = scratch.url.appending(path: "mnist").path
        options.cache = scratch.url.appending(path: "cache")
        options.steps = steps
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        async let outcome = trainer.run()
        var notes: [String] = []
        for await event in trainer.events {
            if case .note(let text) = event { notes.append(text) }
        }
        return (try RunFolder(opening: try await outcome.folder), notes)
    }

    private func tensors(_ folder: RunFolder) throws -> [String: Tensor] {
        try Safetensors.read(from: folder.lastCheckpoint).tensors
    }

    /// Rates so low that weights stay what they were.
    private let still = [
        "optimizers.generator.learning-rate=1e-30", "optimizers.discriminator.learning-rate=1e-30",
    ]

    @Test func bothNetworksComeFromACheckpoint() async throws {
        let first = try await run("seed-dcgan", ["training.average-half-lives=[64]"]).folder
        let (second, notes) = try await run(
            "seed-dcgan",
            still + ["start.from=\(first.url.path)"],
            steps: 1
        )
        #expect(
            notes.contains { $0.hasPrefix("generator: 19 of 19 tensors taken, 100.0 %") },
            "\(notes)"
        )
        #expect(notes.contains { $0.hasPrefix("discriminator: 6 of 6 tensors taken") }, "\(notes)")
        let (old, new) = (try tensors(first), try tensors(second))
        for name in ["convolutions.0.weight", "dense.weight"] {
            // The averaged weights are the ones to go on from.
            #expect(
                new["generator.\(name)"]?.floats() == old["average.0.weights.\(name)"]?.floats()
            )
            #expect(
                new["discriminator.\(name)"]?.floats() == old["discriminator.\(name)"]?.floats()
            )
        }
        #expect(try String(contentsOf: second.log, encoding: .utf8).contains("tensors taken"))
    }

    @Test func otherClassesAndSizesTakeWhatFits() async throws {
        let first = try await run("seed-dcgan", [], steps: 2).folder
        let classes = try await run(
            "seed-dcgan",
            still + ["model.conditional=true", "start.from=\(first.lastCheckpoint.path)"],
            steps: 1
        ).notes
        #expect(
            classes.contains { $0.contains("new: dense.weight ([16, 14] here, [16, 4] there)") },
            "\(classes)"
        )
        #expect(classes.contains { $0.contains("projection.weight (not in the other)") })
        // Twice the size: one more layer at the fine end of each network.
        let (larger, notes) = try await run(
            "seed-dcgan",
            still + [
                "start.from=\(first.lastCheckpoint.path)", "data.size=[16, 16]",
                "model.generator.widths=[4, 3, 2, 2]", "model.discriminator.widths=[2, 3, 4]",
            ],
            steps: 1
        )
        #expect(
            notes.contains { $0.contains("convolutions.0.bias (a size that the other") },
            "\(notes)"
        )
        let (old, new) = (try tensors(first), try tensors(larger))
        #expect(
            new["generator.convolutions.0.weight"]?.floats()
                == old["generator.convolutions.0.weight"]?.floats()
        )
        #expect(
            new["discriminator.convolutions.2.weight"]?.floats()
                == old["discriminator.convolutions.1.weight"]?.floats()
        )
    }

    @Test func frozenLayersStay() async throws {
        let first = try await run("seed-dcgan", [], steps: 2).folder
        let second = try await run(
            "seed-dcgan",
            ["start={from: \(first.lastCheckpoint.path), freeze-discriminator: 1}"],
            steps: 2
        ).folder
        let (old, new) = (try tensors(first), try tensors(second))
        func stayed(_ name: String) -> Bool {
            old["discriminator.\(name)"]?.floats() == new["discriminator.\(name)"]?.floats()
        }
        #expect(stayed("convolutions.0.weight"))
        #expect(stayed("convolutions.0.bias"))
        #expect(!stayed("convolutions.1.weight"))
        #expect(!stayed("dense.weight"))
    }

    @Test func whatIsWrongIsSaid() async throws {
        await #expect {
            _ = try await run("seed-dcgan", ["start.from=nowhere"])
        } throws: {
            "\($0)".contains("start.from")
        }
        let first = try await run("seed-dcgan", [], steps: 1).folder
        let other = try Recipe.load(
            "mlp-gan",
            overrides: [
                "data.size=[8, 8]", "start.from=\(first.lastCheckpoint.path)", "training.batch=16",
            ]
        )
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = scratch.url.appending(path: "mnist").path
        options.cache = scratch.url.appending(path: "cache")
        #expect {
            _ = try Trainer(other, options: options, stop: StopRequest())
        } throws: {
            "\($0)".contains("Begin with networks of the same family")
        }
        // Nothing is made of a run that cannot begin.
        #expect(try RunFolder.newest(in: options.root).name == first.name)
        #expect(throws: RecipeError.self) {
            try Recipe.load("seed-dcgan", overrides: ["start={from: x, replay: 2}"])
        }
    }

    /// New classes are learned beside old ones, which are looked at before and after.
    @Test func newClassesComeAfterOldOnes() async throws {
        let first = try await run("seed-dcgan", ["model.conditional=true", "training.epochs=6"])
            .folder
        let changes = [
            "model.conditional=true",
            "start={from: \(first.lastCheckpoint.path), keeps-classes: true}", "training.epochs=3",
        ]
        let (second, notes) = try await run("seed-dcgan", changes)
        #expect(notes.contains { $0.hasPrefix("generator: 19 of 19 tensors taken") }, "\(notes)")
        #expect(notes.contains { $0.hasPrefix("old classes: ") }, "\(notes)")
        let (old, new) = (try tensors(first), try tensors(second))
        // Ten classes were known, ten more are learned: latents of 4 and labels of 20.
        #expect(new["generator.dense.weight"]?.shape == [16, 24])
        #expect(new["discriminator.projection.weight"]?.size(0) == 20)
        #expect(
            new["objective.regularisers.teacher.generator.dense.weight"]?.floats()
                == old["generator.dense.weight"]?.floats()
        )
        let lines = try Journal.read(second.stats)
        let after = lines.compactMap { $0.statistics["Evaluation/old_classes_after"]?.mean }
        let before = lines.compactMap { $0.statistics["Evaluation/old_classes_before"]?.mean }
        #expect(after.count == 3)
        #expect(before.allSatisfy { $0 >= 0 && $0 <= 1 })
        let (_, metadata) = try Safetensors.read(from: second.snapshot(images: 192))
        let description = try #require(try ModelDescription(metadata: metadata))
        #expect(description.labels == 20)
        #expect(description.classNames.count == 20)
        // A run that was stopped goes on without the file it began with.
        let part = try await run("seed-dcgan", changes, steps: 5).folder
        try FileManager.default.removeItem(at: first.lastCheckpoint)
        var options = TrainerOptions()
        options.dataPath = scratch.url.appending(path: "mnist").path
        options.cache = scratch.url.appending(path: "cache")
        let rest = try Trainer(resuming: "last", in: part, options: options, stop: StopRequest())
        #expect(try await rest.run().reason == .completed)
        #expect(try tensors(part).mapValues { $0.bytes() } == new.mapValues { $0.bytes() })
    }
}
