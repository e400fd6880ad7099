import Foundation
import TestSupport
import Testing
import Torch

@Suite struct CrashTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    private func train(_ more: [String]) -> [String] {
        ["train", "seed-dcgan", "--batch", "16", "--set", "training.average-half-lives=[100]"]
            + ToyData.settings.flatMap { ["--set", $0] } + more
    }

    private func checkpoint(_ run: String) -> URL {
        scratch.url.appending(path: "\(run)/00000-seed-dcgan-mnist-batch16/checkpoints")
            .appending(path: "last.safetensors")
    }

    /// 200 steps are 100 steps, kill −9, and 100 more: all tensors, and the order of the data.
    @Test func killedAndResumedEqualsUninterrupted() throws {
        let whole = try RunningCommand.run(
            train(["--epochs", "50", "--out", "whole"]),
            in: scratch.url
        )
        #expect(whole.status == 0, "\(whole.errors)")

        let victim = try RunningCommand(
            train(["--epochs", "50", "--checkpoint-steps", "100", "--out", "killed", "--json"]),
            in: scratch.url
        )
        try wait { FileManager.default.fileExists(atPath: checkpoint("killed").path) }
        victim.send(SIGKILL)
        #expect(victim.wait().status == SIGKILL)

        let rest = try RunningCommand.run(
            ["train", "--resume", "last", "--out", "killed"],
            in: scratch.url
        )
        #expect(rest.status == 0, "\(rest.errors)")
        let expected = try Safetensors.read(from: checkpoint("whole"))
        let found = try Safetensors.read(from: checkpoint("killed"))
        #expect(expected.tensors.mapValues { $0.bytes() } == found.tensors.mapValues { $0.bytes() })
        #expect(expected.tensors.keys.contains { $0.hasPrefix("average.0.weights.") })
        #expect(try comparable(expected.metadata) == comparable(found.metadata))
        let steps = try journalSteps("killed")
        #expect(steps == steps.sorted())
        #expect(try journalSteps("whole") == steps)
    }

    /// A process that does little but write checkpoints is killed at odd moments, twenty times.
    @Test func killedWhileWritingLeavesTheLastCheckpointWhole() throws {
        let first = try RunningCommand.run(
            train(["--epochs", "100000", "--steps", "1", "--out", "runs"]) + wide,
            in: scratch.url
        )
        #expect(first.status == 0, "\(first.errors)")
        var torn = 0
        var steps: [Int] = []
        for attempt in 0..<20 {
            let victim = try RunningCommand(
                ["train", "--resume", "last", "--checkpoint-steps", "1"],
                in: scratch.url
            )
            let folder = checkpoint("runs").deletingLastPathComponent()
            // The first write is let through, then a half-written file is waited for.
            let before = try modified()
            try wait { try modified() != before }
            try wait { try !unfinished(folder).isEmpty }
            usleep(UInt32(attempt * 700 % 9000))
            victim.send(SIGKILL)
            #expect(victim.wait().status == SIGKILL)
            let names = try unfinished(folder)
            torn += names.count
            let state = try Safetensors.read(from: checkpoint("runs"))
            steps.append(try step(state.metadata))
            for name in names {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
        }
        #expect(steps == steps.sorted())
        // Some kills must have hit a write, or the test has shown nothing.
        #expect(torn > 0, "no kill met a half-written file; last steps \(steps)")
    }

    /// Looks every tenth of a millisecond, for a minute at most.
    private func wait(until condition: () throws -> Bool) throws {
        let end = Date(timeIntervalSinceNow: 60)
        while try !condition() {
            try #require(Date() < end, "waited for a minute")
            usleep(100)
        }
    }

    /// Networks so large that writing them takes most of a step.
    private var wide: [String] {
        ["--set", "model.generator.widths=[512, 256, 2]", "--set", "model.latent=256"]
    }

    /// Files of a writer that was interrupted, or is at work.
    private func unfinished(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0 != "last.safetensors" && $0 != "best.safetensors" }
    }

    private func modified() throws -> Date {
        let attributes = try FileManager.default.attributesOfItem(
            atPath: checkpoint("runs").path
        )
        return try #require(attributes[.modificationDate] as? Date)
    }

    private func state(_ metadata: [String: String]) throws -> [String: Any] {
        let json = try #require(metadata["atelier.training"])
        return try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        )
    }

    private func step(_ metadata: [String: String]) throws -> Int {
        try #require(try state(metadata)["step"] as? Int)
    }

    /// A checkpoint's state but for the time that training took.
    private func comparable(_ metadata: [String: String]) throws -> NSDictionary {
        var state = try state(metadata)
        state["seconds"] = nil
        return state as NSDictionary
    }

    private func journalSteps(_ run: String) throws -> [Int] {
        let file = checkpoint(run).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "stats.jsonl")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let entry = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            )
            let figure = try #require(entry["Progress/step"] as? [String: Any])
            return try #require(figure["mean"] as? Int)
        }
    }
}
