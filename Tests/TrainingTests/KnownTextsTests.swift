import Adversarial
import Datasets
import Foundation
import Imaging
import Midjourney
import Runs
import TestSupport
import Testing
import Torch
import Training

/// Runs on a person's own captioned pictures, which begin with networks that know other texts.
@Suite struct KnownTextsTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// A folder of plain pictures without classes, each with a caption beside it.
    private func pictures(_ name: String, _ captions: [String]) throws -> URL {
        let folder = scratch.url.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, caption) in captions.enumerated() {
            let samples = (0..<16 * 16).flatMap { place -> [UInt8] in
                [UInt8(place), UInt8(index * 9 % 256), UInt8(255 - index), 255]
            }
            let picture = Picture(width: 16, height: 16, channels: 4, samples: samples)
            try picture.encoded(as: .png, metadata: PictureMetadata())
                .write(to: folder.appending(path: "\(index).png"))
            try Data(caption.utf8).write(to: folder.appending(path: "\(index).txt"))
        }
        return folder
    }

    /// A run of the recipe on some pictures; without networks to start from it begins with random ones.
    private func run(
        _ data: URL,
        from source: URL?,
        replay: Int = 1,
        _ more: [String] = []
    ) async throws -> RunFolder {
        let bundled = repositoryRoot.appending(path: "Sources/Runs/Recipes/my-pictures.yaml")
        let text = try String(contentsOf: bundled, encoding: .utf8)
        let file = scratch.url.appending(path: "recipe.yaml")
        let start = source.map { "start:\n  from: '\($0.path)'\n  replay: \(replay)\n" } ?? ""
        try Data((text.components(separatedBy: "start:\n")[0] + start).utf8).write(to: file)
        let recipe = try Recipe.load(
            file.path,
            overrides: [
                "data.size=[16, 16]", "model.text={pieces: 300, length: 8, width: 16}",
                "model.tokenizer={widths: [8, 8], codes: 16, groups: 2}",
                "model.transformer={width: 32, layers: 1, heads: 2}",
                "model.discriminator.widths=[8, 8]", "training.epochs=2", "training.batch=4",
                "snapshots.every-epochs=1", "snapshots.grid=[2, 2]",
            ] + more
        )
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        async let outcome = trainer.run()
        for await _ in trainer.events {}
        return try RunFolder(opening: try await outcome.folder)
    }

    private func description(_ folder: RunFolder) throws -> ModelDescription {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let name = try #require(
            names.filter { $0.hasPrefix("network-snapshot-") && !$0.contains("discriminator") }
                .max()
        )
        let header = try Safetensors.readHeader(of: folder.url.appending(path: name))
        return try #require(try ModelDescription(metadata: header.metadata))
    }

    @Test("captions without classes are learned, and a later run keeps pieces and words")
    func piecesAndWords() async throws {
        let first = try pictures("first", (0..<12).map { "a red lantern number \($0)" })
        let second = try pictures("second", (0..<9).map { "my zebra \($0)" })
        let learned = try await run(first, from: nil)
        let text = try #require(try description(learned).text)
        #expect(text.words.contains("lantern"))
        for from in [learned.url, learned.lastCheckpoint] {
            let folder = try await run(second, from: from)
            let found = try #require(try description(folder).text)
            #expect(found.pieces == text.pieces)
            #expect(Set(found.words).isSuperset(of: ["lantern", "zebra"]))
            // What begins with that run knows all of it, too.
            let third = try await run(first, from: folder.lastCheckpoint)
            #expect(Set(try #require(try description(third).text).words).contains("zebra"))
        }
    }

    /// How well a run's snapshot foresees the codes of pictures that are asked for with a text, in nats a code.
    private func nats(_ folder: RunFolder, _ caption: String) throws -> Double {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let name = try #require(
            names.filter { $0.hasPrefix("network-snapshot-") && !$0.contains("discriminator") }
                .max()
        )
        let (tensors, metadata) = try Safetensors.read(from: folder.url.appending(path: name))
        let description = try #require(try ModelDescription(metadata: metadata))
        let network = try description.generator()
        try network.load(state: tensors)
        network.setTraining(false)
        let text = try #require(description.text)
        let rows = TextRows(
            pieces: try TextPieces(model: text.pieces),
            length: text.length,
            filler: text.filler
        )
        let values: [Float] = (0..<1024).map { (place: Int) -> Float in Float(place % 17) / 8 - 1 }
        let picture = Tensor(values, shape: [1, 4, 16, 16])
        let row: [Int] = [0] + rows.row(caption).map(Int.init)
        let asked = Tensor(row, shape: [1, row.count])
        let marks = withoutGradients { network.validationMetrics((picture, asked)) }
        return try #require(marks.first { $0.name == "Evaluation/nats_per_code" }).value
    }

    /// Words that a run begins with stay known beside new pictures: what is drawn for them changes less.
    @Test func whatIsReplayedIsKept() async throws {
        let first = try pictures("first", (0..<12).map { "a red lantern number \($0)" })
        let second = try pictures("second", (0..<9).map { "my zebra \($0)" })
        let learned = try await run(first, from: nil)
        let changes = ["training.epochs=60", "snapshots.every-epochs=60"]
        let before = try nats(learned, "lantern")
        func change(_ replay: Int) async throws -> Double {
            let folder = try await run(second, from: learned.url, replay: replay, changes)
            let state = try Safetensors.read(from: folder.lastCheckpoint).tensors
            #expect((state["replay.codes"] != nil) == (replay > 0))
            return abs(try nats(folder, "lantern") - before)
        }
        let (kept, forgotten) = (try await change(4), try await change(0))
        #expect(kept < forgotten, "\(kept) and \(forgotten)")
    }

    /// Tensors of a run's last snapshot.
    private func snapshot(_ folder: RunFolder) throws -> [String: Tensor] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let name = try #require(
            names.filter { $0.hasPrefix("network-snapshot-") && !$0.contains("discriminator") }
                .max()
        )
        return try Safetensors.read(from: folder.url.appending(path: name)).tensors
    }

    @Test("updates of low rank leave all weights, and are what the drawing network has more")
    func updates() async throws {
        let learned = try await run(
            try pictures("first", (0..<12).map { "a lantern \($0)" }),
            from: nil
        )
        let folder = try await run(
            try pictures("second", (0..<9).map { "my zebra \($0)" }),
            from: learned.url,
            replay: 0,
            [
                "training.epochs=8", "snapshots.every-epochs=8",
                "start.low-rank={rank: 2, strength: 4}",
            ]
        )
        let (before, after) = (try snapshot(learned), try snapshot(folder))
        #expect(Set(before.keys) == Set(after.keys))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let file = try #require(names.filter(RunFolder.isUpdates).max())
        let (updates, texts) = try Safetensors.read(from: folder.url.appending(path: file))
        let description = try #require(try UpdateDescription(metadata: texts))
        #expect(description.rank == 2 && description.strength == 4)
        var changed = 0
        for (name, tensor) in before where name != "steps" {
            let now = try #require(after[name])
            let layer = name.hasSuffix(".weight") ? String(name.dropLast(".weight".count)) : name
            guard let down = updates["\(layer).down"], let up = updates["\(layer).up"] else {
                #expect(tensor.floats() == now.floats(), "\(name)")
                continue
            }
            changed += 1
            #expect(down.shape[0] == 2 && up.shape[1] == 2)
            #expect(tensor.floats() != now.floats(), "\(name)")
            #expect((tensor + up.multiplied(by: down) * 2).floats() == now.floats(), "\(name)")
        }
        #expect(changed == 5 && updates.count == 10)
        #expect(throws: RecipeError.self) {
            try Recipe.load("dcgan", overrides: ["start.from=x", "start.low-rank.rank=2"])
        }
    }

    /// Where nothing would be learned again, a recipe that asks for it is refused.
    @Test func replayNeedsTextsAndATokenizerThatSettles() {
        for change in ["model.settles-at=-1", "model.text.pieces=0"] {
            #expect(throws: RecipeError.self, "\(change)") {
                try Recipe.load("my-pictures", overrides: [change])
            }
        }
        #expect(throws: Never.self) {
            try Recipe.load("my-pictures", overrides: ["model.settles-at=-1", "start.replay=0"])
        }
    }
}
