import Datasets
import Foundation
import Imaging
import Midjourney
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Whole runs of networks that translate pictures.
@Suite struct TranslationTrainingTests {
    private let scratch: ScratchFolder
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
    }

    private static let cycle = [
        "model.mode=cycle", "data.pairs={from: '0', to: '3', matched: false}",
        "objective={loss: least-squares, generator-weight: 2}", "model.pool=3", "training.batch=4",
    ]

    private func recipe(_ changes: [String]) throws -> Recipe {
        try Recipe(
            parsing: TranslationRecipe.text,
            source: "test",
            overrides: changes,
            catalog: .midjourney
        )
    }

    private func options(steps: Int? = nil) -> TrainerOptions {
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        options.steps = steps
        return options
    }

    private func train(_ recipe: Recipe, steps: Int? = nil) async throws -> TrainingOutcome {
        try await Trainer(recipe, options: options(steps: steps), stop: StopRequest()).run()
    }

    private func tensors(_ outcome: TrainingOutcome) throws -> [String: [UInt8]] {
        let file = try #require(outcome.checkpoint)
        return try Safetensors.read(from: file).tensors.mapValues { $0.bytes() }
    }

    /// A run that was stopped goes on as if it had not been: pools, dropout and flips among the rest.
    @Test(
        arguments: [
            (["data.augmentation.flip=0.5"], "Evaluation/absolute"),
            (["training.average-half-lives=[32]", "data.channels=1"], "Evaluation/absolute"),
            (TranslationTrainingTests.cycle, "Evaluation/cycle"),
        ])
    func resumedRunsEqualUninterruptedOnes(_ changes: [String], _ figure: String) async throws {
        let recipe = try recipe(changes)
        let whole = try await train(recipe)
        #expect(whole.reason == .completed && whole.step >= 9)
        let part = try await train(recipe, steps: whole.step / 2)
        let rest = try await Trainer(
            resuming: "last",
            in: try RunFolder(opening: part.folder),
            options: options(),
            stop: StopRequest()
        ).run()
        #expect(rest.reason == .completed && rest.step == whole.step)
        let (all, again) = (try tensors(whole), try tensors(rest))
        #expect(all == again)
        #expect(
            all.keys.contains { $0.hasPrefix("pool.there.") }
                == changes.contains("model.mode=cycle")
        )
        let folder = try RunFolder(opening: whole.folder)
        let found = try Journal.read(folder.stats).compactMap { $0.statistics[figure]?.mean }
        #expect(found.count == 3 && found.allSatisfy { $0 > 0 && $0 < 2 })
        // Source, drawing and target side by side, and there and back again; two pixels go around each.
        let sheet = try Picture(contentsOf: folder.fakes(images: whole.images))
        let columns = changes.contains("model.mode=cycle") ? 6 : 3
        #expect(sheet.width == 2 * (8 * columns + 2) + 2 && sheet.height == 2 * (8 + 2) + 2)
        let heldOut = try Picture(contentsOf: folder.restored(images: whole.images))
        #expect(heldOut.height == columns * (8 + 2) + 2)
    }

    /// What does not fit together is refused by the key that is wrong.
    @Test(
        arguments: [
            ("data.pairs=", "data.pairs"), ("data.pairs={}", "data.pairs.to"),
            ("data.pairs={to: oil, matched: false}", "data.pairs.matched"),
            ("data.augmentation.rotate=5", "data.augmentation.rotate"),
            ("model.conditional=true", "model.conditional"), ("data.balance=1", "data.balance"),
            ("objective.loss=wasserstein", "objective.loss"),
            ("objective.step=alternating", "objective.step"),
            ("objective.tasks={rotation: {}}", "objective"), ("start={from: a}", "start"),
            ("model.levels=4", "model.levels"), ("model.judge.layers=2", "model.judge.layers"),
            ("model={family: dcgan}", "data.pairs"),
        ]) func whatDoesNotFitIsRefused(_ change: String, _ key: String) throws
    {
        do {
            _ = try recipe([change])
            Issue.record("\(change) was taken")
        } catch let error as RecipeError {
            #expect("\(error)".contains("\(key):"), "\(error)")
        }
    }

    /// A side that the set does not have is told before a run is made.
    @Test func unknownSidesAreTold() throws {
        let recipe = try recipe(["data.pairs.to=watercolor-of-nothing"])
        let error = #expect(throws: DatasetError.self) {
            try Trainer(recipe, options: options(), stop: StopRequest())
        }
        #expect(error?.place.contains("watercolor-of-nothing") == true)
        #expect(error?.cure.contains("pencil") == true)
        #expect(!FileManager.default.fileExists(atPath: options().root.path))
    }
}
