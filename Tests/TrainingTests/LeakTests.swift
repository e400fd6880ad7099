import Foundation
import Runs
import TestSupport
import Testing
import Torch
import Training

@Suite struct LeakTests {
    /// In a process of its own, where nothing else makes tensors.
    @Test func tenThousandStepsLeakNothing() async {
        await #expect(processExitsWith: .success) { try await LeakTests.measure() }
    }

    private static func measure() async throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "data/mnist")
        try ToyData.write(to: data)
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: ToyData.settings + ["training.batch=2", "training.epochs=400"]
        )
        func train(_ steps: Int) async throws {
            var options = TrainerOptions()
            options.root = scratch.url.appending(path: "runs")
            options.dataPath = data.path
            options.cache = scratch.url.appending(path: "cache")
            options.steps = steps
            let trainer = try Trainer(recipe, options: options, stop: StopRequest())
            let outcome = try await trainer.run()
            precondition(outcome.step == steps, "\(outcome.step) steps")
        }
        // The first steps fill caches and pools of libtorch.
        try await train(500)
        let handles = Tensor.liveHandles
        let memory = try residentMiB()
        try await train(10_000)
        precondition(
            Tensor.liveHandles == handles,
            "\(Tensor.liveHandles) tensors alive, before \(handles)"
        )
        let grown = try residentMiB() - memory
        precondition(grown < 32, "grew by \(grown) MiB")
    }

    private static func residentMiB() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = Int(text.split(separator: " ")[1]) ?? 0
        return pages * 4096 >> 20
    }
}
