import Foundation
import Imaging
import Runs
import TestSupport
import Testing
import Torch
import Training

@Suite struct TrainerTests {
    private let scratch: ScratchFolder
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
    }

    private func recipe(_ name: String = "seed-dcgan", _ more: [String] = []) throws -> Recipe {
        try Recipe.load(
            name,
            overrides: ToyData.settings + ["training.batch=16", "training.epochs=3"] + more
        )
    }

    private func options() -> TrainerOptions {
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        return options
    }

    private func train(
        _ recipe: Recipe,
        steps: Int? = nil
    ) async throws -> (outcome: TrainingOutcome, events: [TrainingEvent]) {
        var options = options()
        options.steps = steps
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        async let outcome = trainer.run()
        var events: [TrainingEvent] = []
        for await event in trainer.events { events.append(event) }
        return (try await outcome, events)
    }

    /// What was decided at the start holds for the whole run, on whatever machine it goes on.
    @Test func precisionAutoIsDecidedOnce() async throws {
        let (outcome, events) = try await train(
            try recipe("seed-dcgan", ["training.precision=auto"]),
            steps: 1
        )
        let folder = try RunFolder(opening: outcome.folder)
        let kept = try Recipe.load(folder.trainingOptions.path)
        #expect(kept.training.precision != .auto)
        let notes = events.compactMap { event in
            if case .note(let text) = event { text } else { nil }
        }
        #expect(
            notes.contains { $0.hasPrefix("precision auto: \(kept.training.precision.rawValue)") }
        )
    }

    @Test func aRunLeavesEverythingInItsFolder() async throws {
        let (outcome, events) = try await train(try recipe())
        #expect(outcome.reason == .completed)
        #expect(outcome.step == 12)
        #expect(outcome.images == 192)
        let folder = try RunFolder(opening: outcome.folder)
        for file in [
            folder.trainingOptions, folder.log, folder.stats, folder.status, folder.reals,
            folder.firstFakes, folder.fakes(images: 192), folder.snapshot(images: 192),
            folder.lastCheckpoint, folder.bestCheckpoint,
            RunFolder.critic(beside: folder.snapshot(images: 192)),
        ] {
            #expect(FileManager.default.fileExists(atPath: file.path), "\(file.path)")
        }
        let journal = try String(contentsOf: folder.stats, encoding: .utf8)
        #expect(journal.contains("Timing/data_wait_share"))
        let status = try RunStatus.read(folder.status)
        #expect(status.state == .finished)
        #expect(status.reason == .completed)
        let lines = try Journal.read(folder.stats)
        #expect(lines.contains { $0.statistics["Loss/G/loss"]?.count == 4 })
        #expect(lines.contains { $0.statistics["Evaluation/test_acc"] != nil })
        let evaluations = events.compactMap {
            if case .evaluated(let line) = $0 { line } else { nil }
        }
        #expect(evaluations.count == 3)
        #expect(evaluations[0].hasPrefix("epoch 1 "))
        for word in ["gen_loss", "disc_loss", "test_loss", "test_acc"] {
            #expect(evaluations[0].contains(word))
        }
        let recipeAgain = try JSONDecoder().decode(
            Recipe.self,
            from: Data(contentsOf: folder.trainingOptions)
        )
        #expect(recipeAgain == (try recipe()))
    }

    @Test(
        arguments: [
            [], ["objective.step=alternating", "objective.critic-updates=2"],
            ["training.average-half-lives=[64, 256]", "data.augmentation.flip=0.5"],
            ["optimizers.generator.kind=adafactor", "optimizers.generator.beta1=0.9"],
            ["data.balance=0.5", "training.drop-last=true"], ["training.precision=bfloat16"],
            ["objective.step=extragradient", "evaluation.duality-gap=2"],
            ["optimizers.generator={kind: optimistic-adam, learning-rate: 1e-3}"],
        ])
    func resumedRunsEqualUninterruptedOnes(_ changes: [String]) async throws {
        // Defaults that a kind does not use are dropped with it.
        let changes =
            changes.contains("optimizers.generator.kind=adafactor")
            ? [
                "optimizers.generator={kind: adafactor, learning-rate: 1e-3}"
            ] : changes
        try await resumes(try recipe("seed-dcgan", ["model.conditional=true"] + changes))
    }

    /// What either player could gain is tried on copies: the run goes on as if nobody had looked.
    @Test func measuringTheGapChangesNothing() async throws {
        var outcomes: [TrainingOutcome] = []
        for turns in [0, 3] {
            let outcome = try await train(
                try recipe(
                    "seed-dcgan",
                    ["model.conditional=true", "evaluation.duality-gap=\(turns)"]
                )
            ).outcome
            let folder = try RunFolder(opening: outcome.folder)
            let gaps = try Journal.read(folder.stats).compactMap {
                $0.statistics["Evaluation/duality_gap"]?.mean
            }
            #expect(gaps.count == (turns == 0 ? 0 : 3) && gaps.allSatisfy(\.isFinite))
            outcomes.append(outcome)
        }
        #expect(try tensors(outcomes[0]) == tensors(outcomes[1]))
    }

    /// Everything that draws pixel by pixel goes on, alone and in one loop with the others.
    @Test(
        arguments: [
            ("pixelcnn", ["model.width=4", "model.layers=2"]),
            (
                "pixelcnn",
                [
                    "model={family: pixelcnn-plus, width: 4, blocks: 1, scales: 2, dropout: 0.5,"
                        + " conditional: true}"
                ]
            ),
            (
                "midjourney",
                [
                    "data.set=mnist", "data.channels=1", "data.balance=0",
                    "training.precision=float32",
                    "model.tokenizer={widths: [8, 8], codes: 16, revive-every: 2}",
                    "model.transformer={width: 16, layers: 1, heads: 2}",
                    "model.discriminator.widths=[4, 8]", "model.likelihood=1", "model.features=0.1",
                    "objective.generator-weight=0.1",
                ]
            ),
            (
                "midjourney",
                [
                    "data.set=mnist", "data.channels=1", "data.balance=0",
                    "training.precision=float32", "model.text={pieces: 280, length: 3}",
                    "model.tokenizer={widths: [8, 8], codes: 8, groups: 2, revive-every: 2}",
                    "model.transformer={width: 16, layers: 1, heads: 2}",
                    "model.discriminator.widths=[4, 8]", "model.likelihood=1",
                ]
            ),
            (
                "midjourney",
                [
                    "data.set=mnist", "data.channels=1", "data.balance=0.7",
                    "data.balance-by=captions", "training.precision=float32",
                    "model.tokenizer={widths: [8, 8], codes: 16, revive-every: 2}",
                    "model.transformer={width: 16, layers: 1, heads: 2}",
                    "model.discriminator.widths=[4, 8]", "model.settles-at=32",
                ]
            ),
            (
                "midjourney-pixel",
                [
                    "refiner.width=4", "refiner.layers=2", "model.latent=4",
                    "model.generator.widths=[4, 3, 2]", "model.discriminator.widths=[3, 4]",
                ]
            ),
        ])
    func runsPieceByPieceResumeAsWell(_ name: String, _ small: [String]) async throws {
        let settings = [
            "data.size=[8, 8]", "snapshots.grid=[2, 2]", "training.precision=float32",
            "evaluation.batch=16", "training.batch=16", "training.epochs=3",
        ]
        let (whole, rest) = try await resumes(try Recipe.load(name, overrides: settings + small))
        // What was learned in between restores the same pictures in the same way.
        guard name != "pixelcnn" else { return }
        let restored = try [whole, rest].map {
            try Picture(contentsOf: RunFolder(opening: $0.folder).restored(images: $0.images))
        }
        #expect(restored[0] == restored[1])
    }

    /// Once it has settled, a tokenizer stays as it is while the transformer goes on.
    @Test func aSettledTokenizerStays() async throws {
        let recipe = try Recipe.load(
            "midjourney",
            overrides: [
                "data.set=mnist", "data.channels=1", "data.balance=0", "data.size=[8, 8]",
                "snapshots.grid=[2, 2]", "training.precision=float32", "training.batch=16",
                "evaluation.batch=16", "training.epochs=3", "model.settles-at=32",
                "model.tokenizer={widths: [8, 8], codes: 16}", "model.discriminator.widths=[4, 8]",
                "model.transformer={width: 16, layers: 1, heads: 2}",
            ]
        )
        let early = try tensors(try await train(recipe, steps: 2).outcome)
        let late = try tensors(try await train(recipe, steps: 4).outcome)
        func changed(_ part: String) -> Bool {
            early.filter { $0.key.hasPrefix("generator.\(part)") }
                .contains { late[$0.key] != $0.value }
        }
        #expect(changed("transformer"))
        // At first it takes the averaged weights, which it keeps.
        #expect(changed("tokenizer"))
        let later = try tensors(try await train(recipe, steps: 6).outcome)
        let kept = late.filter { $0.key.hasPrefix("generator.tokenizer") }
        #expect(!kept.isEmpty && kept.allSatisfy { later[$0.key] == $0.value })
    }

    /// Until a tokenizer settles the nearest pictures are best; then the codes that are foreseen best.
    @Test func theBestCheckpointIsOfTheStage() async throws {
        let recipe = try Recipe.load(
            "midjourney",
            overrides: [
                "data.set=mnist", "data.channels=1", "data.balance=0", "data.size=[8, 8]",
                "snapshots.grid=[2, 2]", "training.precision=float32", "training.batch=16",
                "evaluation.batch=16", "evaluation.every-epochs=1", "training.epochs=3",
                "model.settles-at=160", "model.tokenizer={widths: [8, 8], codes: 16}",
                "model.discriminator.widths=[4, 8]",
                "model.transformer={width: 16, layers: 1, heads: 2}",
            ]
        )
        func state(_ outcome: TrainingOutcome) throws -> TrainingState {
            let best = try RunFolder(opening: outcome.folder).bestCheckpoint
            let metadata = try Safetensors.readHeader(of: best).metadata
            let json = try #require(metadata["atelier.training"])
            return try JSONDecoder().decode(TrainingState.self, from: Data(json.utf8))
        }
        let early = try state(try await train(recipe, steps: 8).outcome)
        #expect(early.bestFigure == "Evaluation/psnr" && early.images <= 128)
        let late = try state(try await train(recipe).outcome)
        #expect(late.bestFigure == "Evaluation/nats_per_code" && late.images == 192)
    }

    @discardableResult private func resumes(
        _ recipe: Recipe
    ) async throws -> (whole: TrainingOutcome, resumed: TrainingOutcome) {
        let whole = try await train(recipe).outcome
        let part = try await train(recipe, steps: whole.step / 2).outcome
        #expect(part.reason == .limit)
        let trainer = try Trainer(
            resuming: "last",
            in: try RunFolder(opening: part.folder),
            options: options(),
            stop: StopRequest()
        )
        let rest = try await trainer.run()
        #expect(rest.reason == .completed)
        #expect(rest.step == whole.step)
        #expect(try tensors(whole) == tensors(rest))
        return (whole, rest)
    }

    /// Bytes of all tensors of the last checkpoint by name: weights, optimizers, averages.
    private func tensors(_ outcome: TrainingOutcome) throws -> [String: [UInt8]] {
        let file = try #require(outcome.checkpoint)
        let tensors = try Safetensors.read(from: file).tensors.mapValues { $0.bytes() }
        #expect(tensors.keys.contains { $0.hasPrefix("optimizer.generator.") })
        return tensors
    }

    @Test func aStopIsObeyedAndSaved() async throws {
        let stop = StopRequest()
        let trainer = try Trainer(try recipe(), options: options(), stop: stop)
        stop.stop(.terminated)
        let outcome = try await trainer.run()
        #expect(outcome.reason == .terminated)
        #expect(outcome.reason.exitCode == 143)
        #expect(outcome.step == 0)
        #expect(try RunStatus.read(RunFolder(opening: outcome.folder).status).state == .stopped)
    }

    @Test func aLossThatIsNoNumberStopsTheRun() async throws {
        let changes = [
            "objective={loss: wasserstein, regularisers: {clipping: {bound: 1e17}}}",
            "optimizers.discriminator={kind: sgd, learning-rate: 1e17}",
            "optimizers.generator={kind: sgd, learning-rate: 1e17}",
        ]
        let outcome = try await train(try recipe("seed-dcgan", changes)).outcome
        #expect(outcome.reason == .nonFinite)
        #expect(outcome.reason.exitCode == 4)
        let status = try RunStatus.read(RunFolder(opening: outcome.folder).status)
        #expect(status.reason == .nonFinite)
        #expect(status.state == .failed)
    }

    @Test func earlyStoppingCountsChecks() async throws {
        let changes = [
            "early-stopping={monitor: Evaluation/test_acc, mode: max, patience: 1, min-delta: 2}"
        ]
        let outcome = try await train(try recipe("seed-dcgan", changes)).outcome
        #expect(outcome.reason == .earlyStopping)
        #expect(outcome.step == 8)
    }

    @Test func classesAreNeededByConditionalRecipes() throws {
        #expect(throws: (any Error).self) {
            try Trainer(
                try recipe(
                    "seed-dcgan",
                    ["model.conditional=true", "data.path=\(scratch.url.path)/nothing"]
                ),
                options: TrainerOptions(),
                stop: StopRequest()
            )
        }
        #expect(!FileManager.default.fileExists(atPath: "runs"))
    }

    /// Pictures with two properties each: both networks are told them, and a task names them.
    @Test func severalPropertiesAtOnceAreLabels() async throws {
        let folder = scratch.url.appending(path: "pictures")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var labels: [String] = []
        for index in 0..<32 {
            let picture = Picture(
                width: 8,
                height: 8,
                channels: 1,
                samples: (0..<64).map { UInt8(($0 * (index % 4 + 1)) % 256) }
            )
            try picture.write(to: folder.appending(path: "\(index).png"))
            labels.append("[\"\(index).png\", [\(index % 2), \(index / 2 % 2)]]")
        }
        try Data("{\"labels\": [\(labels.joined(separator: ", "))]}".utf8)
            .write(to: folder.appending(path: "dataset.json"))
        var options = options()
        options.dataPath = folder.path
        let recipe = try recipe(
            "seed-dcgan",
            [
                "model.conditional=true", "data.set=folder", "evaluation.every-epochs=0",
                "training.epochs=1",
                "objective.tasks.classification={}",
            ]
        )
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        let outcome = try await trainer.run()
        #expect(outcome.reason == .completed)
        let run = try RunFolder(opening: outcome.folder)
        let (_, metadata) = try Safetensors.read(from: run.snapshot(images: outcome.images))
        let description = try #require(try ModelDescription(metadata: metadata))
        #expect(description.labels == 2)
        #expect(description.labelKind == "properties")
        let lines = try Journal.read(run.stats)
        #expect(lines.contains { $0.statistics["Loss/D/classification"] != nil })
    }
}
