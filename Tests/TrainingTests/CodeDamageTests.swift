import Foundation
import Runs
import TestSupport
import Testing
import Torch
import Training

/// A network that repairs learns from pictures as another model's codes make them.
@Suite("Pictures made from codes") struct CodeDamageTests {
    private let scratch: ScratchFolder
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
    }

    private static let small = [
        "data.size=[8, 8]", "training.epochs=2", "training.batch=16", "training.precision=float32",
        "snapshots.every-epochs=0", "snapshots.grid=[4, 2]", "evaluation.every-epochs=1",
        "evaluation.batch=16", "recovery.rollbacks=0",
    ]

    private func train(_ recipe: String, _ more: [String]) async throws -> URL {
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        let recipe = try Recipe.load(recipe, overrides: Self.small + more)
        return try await Trainer(recipe, options: options, stop: StopRequest()).run().folder
    }

    private func tokens(_ more: [String] = []) async throws -> URL {
        try await train(
            "midjourney",
            [
                "data.set=mnist", "data.channels=1", "data.balance-by=classes",
                "model.tokenizer={widths: [4, 4], codes: 8, revive-every: 1}",
                "model.transformer={width: 8, layers: 1, heads: 2}", "model.features=0",
                "model.discriminator.widths=[4, 8]",
            ] + more
        )
    }

    private func repair(
        _ factor: Int,
        codes: Double,
        by model: String?,
        _ more: [String] = []
    ) async throws -> URL {
        let side = 8 * factor
        return try await train(
            "restore",
            [
                "data.set=mnist", "data.channels=1", "data.balance-by=classes",
                "data.size=[\(side), \(side)]",
                "model.factor=\(factor)", "model.widths=[4]", "model.blocks=1", "model.features=0",
                "model.damage={noise: 0, blur: 0, hole: 0, shrink: 0, grey: 0, nothing: 1, codes: \(codes)}",
                "model.discriminator={widths: [4, 4], kernel: 4, labels: ignored}",
            ] + (model.map { ["data.remade-by=\($0)"] } ?? []) + more
        )
    }

    @Test("a run learns from a model's codes, in the size that it sees", arguments: [1, 2])
    func learnsFromCodes(_ factor: Int) async throws {
        let model = try await tokens()
        let folder = try await repair(factor, codes: 1, by: model.path)
        let lines = try String(
            contentsOf: folder.appending(path: "stats.jsonl"),
            encoding: .utf8
        )
        #expect(lines.contains("Evaluation/psnr_before"))
        let plain = try await repair(1, codes: 0, by: nil)
        func before(_ folder: URL) throws -> Double {
            let rows = try String(
                contentsOf: folder.appending(path: "stats.jsonl"),
                encoding: .utf8
            )
            .split(separator: "\n")
            let found = rows.compactMap { row -> Double? in
                let values =
                    try? JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any]
                return (values?["Evaluation/psnr_before"] as? [String: Any])?["mean"] as? Double
            }
            return try #require(found.last)
        }
        #expect(try before(folder) < before(plain) - 10)
    }

    @Test("what has no such codes is refused before the first step, with its reason")
    func refusals() async throws {
        let model = try await tokens()
        let repairer = try await repair(1, codes: 0, by: nil)
        let other = try await tokens(["data.channels=3"])
        for (codes, named, more, word) in [
            (1.0, nil, [], "a model whose codes make pictures"),
            (0.0, model.path, [], "no pictures are made from codes"),
            (1.0, "/nowhere", [], "no such file"),
            (1.0, repairer.path, [], "has no codes"),
            (1.0, other.path, [], "3 channels"),
            (1.0, model.path, ["data.size=[16, 16]"], "8×8"),
        ] as [(Double, String?, [String], String)] {
            await #expect {
                try await repair(1, codes: codes, by: named, more)
            } throws: { "\($0)".contains(word) }
        }
    }
}
