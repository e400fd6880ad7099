import Foundation
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Runs that are made to go wrong notice it within three ticks, go back, and end well.
@Suite struct RecoveryTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "mnist"))
    }

    /// Four steps are an epoch and a tick.
    private func run(
        _ changes: [String],
        rehearsing fault: FaultInjection?
    ) async throws -> (outcome: TrainingOutcome, notes: [String], folder: RunFolder) {
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: ToyData.settings + [
                "training.batch=16", "training.epochs=12",
                "optimizers.generator.learning-rate=1e-3",
                "optimizers.discriminator.learning-rate=1e-3", "recovery.collapse-spread=0.005",
                "recovery.score-limit=50",
            ] + changes
        )
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = scratch.url.appending(path: "mnist").path
        options.cache = scratch.url.appending(path: "cache")
        options.fault = fault
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        async let outcome = trainer.run()
        var notes: [String] = []
        for await event in trainer.events {
            if case .note(let text) = event { notes.append(text) }
        }
        let ended = try await outcome
        return (ended, notes, try RunFolder(opening: ended.folder))
    }

    @Test func aQuietRunIsLeftAlone() async throws {
        let (outcome, notes, folder) = try await run([], rehearsing: nil)
        #expect(outcome.reason == .completed)
        #expect(notes.isEmpty, "\(notes)")
        let lines = try Journal.read(folder.stats)
        let spread = lines.compactMap { $0.statistics["Health/spread"]?.mean }
        #expect(spread.count >= 12)
        #expect(spread.allSatisfy { $0 > 0.005 })
        #expect(FileManager.default.fileExists(atPath: folder.goodCheckpoint.path))
    }

    @Test func aCollapseIsSeenAndUndone() async throws {
        let (outcome, notes, folder) = try await run(
            [],
            rehearsing: FaultInjection(.collapse, atStep: 20)
        )
        #expect(outcome.reason == .completed)
        let back = try #require(notes.first { $0.contains("back to step") })
        #expect(back.contains("drawings differ by 0.0 %"))
        #expect(back.contains("rates times 0.5, rollback 1 of 3"))
        // Planted before step 20, seen at most three ticks of four steps later.
        let step = try #require(Int(back.dropFirst(5).prefix { $0 != ":" }))
        #expect(step > 20 && step <= 32, "\(back)")
        #expect(back.contains("back to step 20"))
        let last = try #require(
            try Journal.read(folder.stats).last { $0.statistics["Health/spread"] != nil }
        )
        #expect(last.statistics["Health/spread"]?.mean ?? 0 > 0.005)
        #expect(last.statistics["Health/rollbacks"]?.mean == 1)
        #expect(try String(contentsOf: folder.log, encoding: .utf8).contains("back to step 20"))
    }

    /// Classes still differ from each other, so that a grid looks varied.
    @Test func oneDrawingALabelIsSeenAndUndone() async throws {
        let (outcome, notes, folder) = try await run(
            ["model.conditional=true", "training.epochs=40"],
            rehearsing: FaultInjection(.collapseWithinLabels, atStep: 120)
        )
        #expect(outcome.reason == .completed, "\(notes)")
        let back = try #require(notes.first { $0.contains("back to step") })
        #expect(back.contains("drawings of one label differ by"), "\(back)")
        let step = try #require(Int(back.dropFirst(5).prefix { $0 != ":" }))
        #expect(step > 120 && step <= 132, "\(back)")
        let last = try #require(
            try Journal.read(folder.stats).last { $0.statistics["Health/label_spread"] != nil }
        )
        #expect(last.statistics["Health/label_spread"]?.mean ?? 0 > 0.005)
    }

    /// One that tells the same class of everything says nothing of what is drawn.
    @Test func aDiscriminatorThatHasLearnedNoClassesIsNoCollapse() async throws {
        let (outcome, notes, folder) = try await run(
            [
                "model.conditional=true", "objective.tasks.classification={weight: 1e-9}",
                "optimizers.discriminator.learning-rate=1e-9", "recovery.class-entropy=0.9999",
            ],
            rehearsing: nil
        )
        #expect(outcome.reason == .completed, "\(notes)")
        let entropies = try Journal.read(folder.stats).compactMap {
            $0.statistics["Loss/G/classification_class_entropy"]?.mean
        }
        #expect(entropies.contains { $0 < 0.9999 }, "\(entropies)")
    }

    @Test func aDivergenceIsSeenAndUndone() async throws {
        let (outcome, notes, folder) = try await run(
            [
                "optimizers.generator.learning-rate=1e-2",
                "optimizers.discriminator.learning-rate=1e-2",
            ],
            rehearsing: FaultInjection(.rates(100), atStep: 21)
        )
        #expect(outcome.reason == .completed, "\(notes)")
        let back = try #require(notes.first { $0.contains("back to step") })
        let step = try #require(Int(back.dropFirst(5).prefix { $0 != ":" }))
        #expect(step > 20 && step <= 33, "\(back)")
        let status = try RunStatus.read(folder.status)
        #expect(status.state == .finished)
    }

    @Test func goingBackIsBounded() async throws {
        let (outcome, notes, folder) = try await run(
            ["recovery.rollbacks=2", "recovery.score-limit=1e-6"],
            rehearsing: nil
        )
        #expect(outcome.reason == .diverged || notes.filter { $0.contains("back to") }.isEmpty)
        #expect(outcome.reason.exitCode == 4)
        let status = try RunStatus.read(folder.status)
        #expect(status.state == .failed)
        #expect(!status.message.isEmpty)
    }
}
