import Foundation
import TestSupport
import Testing
import Torch

/// Signals of any number, at any moment.
@Suite(.serialized) struct StoppingTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    /// Networks so large that most moments are in the middle of a step, or of a file.
    private func train() throws -> RunningCommand {
        let command = try RunningCommand(
            ["train", "seed-dcgan", "--batch", "16", "--epochs", "100000"]
                + ToyData.settings.flatMap { ["--set", $0] }
                + ["--set", "model.generator.widths=[256, 256, 2]", "--set", "model.latent=64"]
                + ["--checkpoint-steps", "1"],
            in: scratch.url
        )
        for _ in 0..<1200 where !command.output.contains("run ") {
            try #require(command.isRunning, "ended early: \(command.wait().errors)")
            usleep(25_000)
        }
        return command
    }

    @Test(arguments: [
        (2, SIGINT), (3, SIGINT), (10, SIGINT), (10, SIGTERM), (2, SIGHUP),
    ])
    func theSecondSignalEndsAtOnce(_ count: Int, _ signal: Int32) throws {
        let command = try train()
        usleep(UInt32.random(in: 0..<200_000))
        command.send(signal)
        usleep(UInt32.random(in: 0..<3000))
        let clock = ContinuousClock()
        let sent = clock.now
        for _ in 1..<count { command.send(signal) }
        let ending = command.wait()
        // A second is promised; other tests keep this machine busy.
        #expect(clock.now - sent < .seconds(5))
        try check(ending, status: signal == SIGINT ? 130 : 143)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func theFirstSignalSaves(_ signal: Int32) throws {
        let command = try train()
        usleep(UInt32.random(in: 0..<200_000))
        command.send(signal)
        try check(command.wait(), status: signal == SIGINT ? 130 : 143)
        let info = try RunningCommand.run(["info", run.path], in: scratch.url)
        #expect(info.output.contains("stopped"), "\(info.output)")
    }

    /// nohup and disown mean that a closed terminal is no reason to end.
    @Test func ignoredHangUpsStayIgnored() throws {
        let ending = try RunningCommand.run(
            ["train", "seed-dcgan", "--batch", "16", "--epochs", "1"]
                + ToyData.settings.flatMap { ["--set", $0] },
            in: scratch.url,
            shell:
                "trap '' HUP; \"$0\" \"$@\" & sleep 0.3; kill -HUP $!; sleep 0.3; kill -HUP $!; wait $!"
        )
        #expect(ending.status == 0, "\(ending.errors)")
    }

    private var run: URL { scratch.url.appending(path: "runs/00000-seed-dcgan-mnist-batch16") }

    private func check(_ ending: RunningCommand.Ending, status: Int32) throws {
        #expect(ending.status == status, "\(ending.errors)")
        for word in ["Fatal", "Backtrace", "terminate called", "Crash", "corrupt", "Error"] {
            #expect(!ending.errors.contains(word), "\(ending.errors)")
        }
        let last = run.appending(path: "checkpoints/last.safetensors")
        if FileManager.default.fileExists(atPath: last.path) {
            #expect(try Safetensors.read(from: last).tensors.count > 10)
        }
    }
}
