import Foundation
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Several processes train the networks that one trains; here each process is a thread with a group of its own.
@Suite(.enabled(if: ProcessGroup.isBuilt, "built without Gloo"), .serialized)
struct SharedTrainingTests {
    private let scratch: ScratchFolder
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
    }

    private var options: TrainerOptions {
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        options.threads = 1
        return options
    }

    private static let dcgan = ToyData.settings + ["training.batch=16", "training.epochs=5"]
    private static let small = [
        "data.set=mnist", "data.channels=1", "data.balance=0", "data.size=[8, 8]",
        "snapshots.grid=[2, 2]", "training.precision=float32", "training.batch=16",
        "evaluation.batch=16", "training.epochs=5",
    ]

    /// Trains on so many processes, new or on from a run.
    private func train(
        _ recipe: Recipe,
        processes count: Int,
        steps: Int? = nil,
        resuming folder: URL? = nil
    ) async throws -> TrainingOutcome {
        var options = options
        options.steps = steps
        guard count > 1 else { return try await Self.trainer(recipe, options, folder).run() }
        let fixed = options
        let trainers = try asProcesses(count) { group in
            var options = fixed
            options.processes = group
            return group.leads
                ? try Self.trainer(recipe, options, folder)
                : try Trainer(following: group, options: options, stop: StopRequest())
        }
        return try await withThrowingTaskGroup(of: (Int, TrainingOutcome).self) { tasks in
            for (rank, trainer) in trainers.enumerated() {
                tasks.addTask { (rank, try await trainer.run()) }
            }
            var outcomes: [Int: TrainingOutcome] = [:]
            for try await (rank, outcome) in tasks { outcomes[rank] = outcome }
            #expect(Set(outcomes.values.map(\.step)).count == 1)
            #expect(Set(outcomes.values.map(\.reason)).count == 1)
            return try #require(outcomes[0])
        }
    }

    private static func trainer(
        _ recipe: Recipe,
        _ options: TrainerOptions,
        _ folder: URL?
    ) throws -> Trainer {
        guard let folder else { return try Trainer(recipe, options: options, stop: StopRequest()) }
        return try Trainer(
            resuming: "last",
            in: RunFolder(opening: folder),
            options: options,
            stop: StopRequest()
        )
    }

    /// Expects equal weights, but for the order in which numbers were added.
    ///
    /// Adam makes steps of one size of slopes of any size, also of those that are nothing but rounding; so a
    /// tensor's elements are compared by the root of their mean square, and those that have no slope at all
    /// are left out: what a norm takes away again, or what a loss does not see.
    private func expectEqual(_ one: TrainingOutcome, _ other: TrainingOutcome) throws {
        let free = [
            "discriminator.convolutions.1.bias", "discriminator.norms.1.batch.runningMean",
            "discriminator.dense.bias",
        ]
        let all = try [one, other].map {
            try Safetensors.read(from: #require($0.checkpoint)).tensors
        }
        #expect(all[0].keys.sorted() == all[1].keys.sorted())
        for (name, tensor) in all[0] where !name.hasPrefix("optimizer.") && !free.contains(name) {
            let theirs = all[1][name]?.doubles() ?? []
            let squares = zip(tensor.doubles(), theirs).map { ($0 - $1) * ($0 - $1) }
            let size = (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
            #expect(size <= 1e-5, "\(name) differs by \(size)")
        }
    }

    /// Networks and losses of each kind.
    private static let games: [(name: String, settings: [String])] = [
        ("seed-dcgan", dcgan),
        ("seed-dcgan", dcgan + ["model.conditional=true", "training.drop-last=true"]),
        (
            "seed-dcgan",
            dcgan + [
                "objective.step=alternating", "objective.critic-updates=2",
                "data.augmentation.flip=0.5", "training.accumulate=2",
            ]
        ),
        (
            "dcgan",
            small + [
                "model={family: dcgan, latent: 4, conditional: false, generator: {widths: [16, 16],"
                    + " keeps-first: false, kernel: 4}, discriminator: {widths: [16, 16], kernel: 4,"
                    + " norm: batch}}"
            ]
        ),
        (
            "stylegan2",
            small + [
                "model={family: stylegan2, latent: 4, style: 4, mapping-layers: 1, channel-base: 32,"
                    + " channel-max: 4, group: 4, conditional: false}",
                "objective.augmentations={ada: {interval: 2, speed-images: 64}}",
                "objective.regularisers={path-length: {interval: 2}, r1: {interval: 2}}",
            ]
        ),
        (
            "r3gan",
            small + [
                "model={family: r3gan, latent: 4, widths: [4, 4], groups: [2, 2], blocks: [1, 1],"
                    + " conditional: false}"
            ]
        ),
        (
            "wgan-gp",
            small + [
                "model={family: dcgan, latent: 4, conditional: false, generator: {widths: [4, 3],"
                    + " keeps-first: false, kernel: 4}, discriminator: {widths: [3, 4], kernel: 4}}",
                "objective.critic-updates=2", "training.accumulate=1",
            ]
        ),
        (
            "restore",
            small + [
                "model.widths=[4, 4]", "model.blocks=1", "model.discriminator.widths=[4, 4]",
            ]
        ),
        (
            "dcgan",
            small + [
                "model={family: dcgan, latent: 4, conditional: false, generator: {widths: [4, 3],"
                    + " keeps-first: false, kernel: 4}, discriminator: {widths: [3, 4], kernel: 4,"
                    + " outputs: 3}}", "objective.loss=mmd",
            ]
        ),
        (
            "midjourney",
            small + [
                "model.tokenizer={widths: [8, 8], codes: 16, revive-every: 2}",
                "model.transformer={width: 16, layers: 1, heads: 2, noise: 0.2}",
                "model.discriminator.widths=[4, 8]", "model.likelihood=1", "model.features=0.1",
                "objective.generator-weight=0.1", "model.settles-at=-1",
            ]
        ),
        (
            "midjourney",
            small + [
                "model.text={pieces: 280, length: 3}",
                "model.tokenizer={widths: [8, 8], codes: 16, revive-every: 2}",
                "model.transformer={width: 16, layers: 1, heads: 2}",
                "model.discriminator.widths=[4, 8]", "model.settles-at=160",
            ]
        ),
        (
            "midjourney-pixel",
            small + [
                "refiner.width=4", "refiner.layers=2", "model.latent=4",
                "model.generator.widths=[4, 3, 2]", "model.discriminator.widths=[3, 4]",
            ]
        ),
        ("pixelcnn", small + ["model.width=4", "model.layers=2"]),
        (
            "pixelcnn",
            small + [
                "model={family: pixelcnn-plus, width: 4, blocks: 1, scales: 2, dropout: 0.5,"
                    + " conditional: true}"
            ]
        ),
    ]

    @Test(arguments: games)
    func twoProcessesTrainAsOne(_ name: String, _ settings: [String]) async throws {
        let recipe = try Recipe.load(name, overrides: settings)
        let one = try await train(recipe, processes: 1)
        let two = try await train(recipe, processes: 2)
        #expect(one.step == two.step)
        #expect(one.images == two.images)
        try expectEqual(one, two)
    }

    /// What was begun on two goes on with one and then with four, and ends where one process ends.
    @Test func theNumberOfProcessesMayChange() async throws {
        let recipe = try Recipe.load("seed-dcgan", overrides: Self.dcgan)
        let whole = try await train(recipe, processes: 1)
        let first = try await train(recipe, processes: 2, steps: 6)
        #expect(first.reason == .limit)
        #expect(first.step == 6)
        let second = try await train(recipe, processes: 1, steps: 7, resuming: first.folder)
        #expect(second.step == 13)
        let last = try await train(recipe, processes: 4, resuming: first.folder)
        #expect(last.reason == .completed)
        #expect(last.images == whole.images)
        try expectEqual(whole, last)
    }

    @Test(
        arguments: [
            ("seed-dcgan", dcgan + ["training.batch=15"], "Set training.batch to 14 or 16"),
            ("seed-dcgan", dcgan + ["training.batch=1"], "Set training.batch to 2"),
            ("seed-dcgan", dcgan + ["training.batch=22"], "Set training.drop-last=true"),
            (
                "seed-dcgan",
                dcgan + ["model.conditional=true", "start={from: nowhere, keeps-classes: true}"],
                "start.keeps-classes"
            ),
        ])
    func whatCannotBeSharedIsRefused(
        _ name: String,
        _ settings: [String],
        _ words: String
    ) throws {
        // 64 pictures and 21 more make a last batch that is odd.
        try ToyData.write(words.contains("drop-last") ? 85 : 64, to: data)
        let recipe = try Recipe.load(name, overrides: settings)
        let options = options
        let said = try asProcesses(2) { group in
            var options = options
            options.processes = group
            let error = #expect(throws: (any Error).self) {
                _ =
                    group.leads
                    ? try Trainer(recipe, options: options, stop: StopRequest())
                    : try Trainer(following: group, options: options, stop: StopRequest())
            }
            return error.map { "\($0)" } ?? ""
        }
        #expect(said[0].contains(words))
        #expect(said[1].hasPrefix("process 0 ended: "))
        #expect(said[1].contains(words))
        let runs = try? FileManager.default.contentsOfDirectory(atPath: options.root.path)
        #expect(runs == nil)
    }

    /// A network that differs anywhere stops the run with its name.
    @Test func aDifferenceIsNamed() async throws {
        let recipe = try Recipe.load("seed-dcgan", overrides: Self.dcgan)
        let fixed = options
        let trainers = try asProcesses(2) { group in
            var options = fixed
            options.processes = group
            if group.leads { return try Trainer(recipe, options: options, stop: StopRequest()) }
            options.fault = FaultInjection(.collapse, atStep: 2)
            return try Trainer(following: group, options: options, stop: StopRequest())
        }
        let runs = trainers.map { trainer in Task { try await trainer.run() } }
        await #expect(throws: ProcessGroupError.self) { try await runs[0].value }
        do {
            _ = try await runs[1].value
            Issue.record("a run went on with weights that differ")
        } catch {
            #expect(
                "\(error)".contains("process 1 has other numbers than process 0 in 'generator.")
            )
        }
        let status = try RunStatus.read(trainers[0].folder.status)
        #expect(status.state == .failed)
        #expect(status.message.contains("process 1 has other numbers"))
    }
}
