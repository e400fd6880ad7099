import Foundation
import Runs
import TestSupport
import Testing
import Torch

/// `atelier train` in several processes, as people start and lose them.
@Suite(.enabled(if: ProcessGroup.isBuilt, "built without Gloo"), .serialized)
struct ProcessesTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    private func arguments(_ epochs: Int, _ more: [String] = []) -> [String] {
        ["train", "seed-dcgan", "--set", "training.batch=16", "--epochs", "\(epochs)"]
            + ToyData.settings.flatMap { ["--set", $0] } + more
    }

    private func run(_ number: Int) -> URL {
        scratch.url.appending(path: "runs/0000\(number)-seed-dcgan-mnist-batch16")
    }

    private func weights(_ number: Int) throws -> [String: Tensor] {
        try Safetensors.read(from: run(number).appending(path: "checkpoints/last.safetensors"))
            .tensors
    }

    /// The processes that a launcher started, by their numbers in the group; any of its threads may have.
    private func children(of launcher: Int32) throws -> [Int: Int32] {
        var found: [Int: Int32] = [:]
        let tasks = "/proc/\(launcher)/task"
        for task in try FileManager.default.contentsOfDirectory(atPath: tasks) {
            let list = try? String(contentsOfFile: "\(tasks)/\(task)/children", encoding: .utf8)
            for child in (list ?? "").split(separator: " ").compactMap({ Int32($0) }) {
                let variables = try Data(contentsOf: URL(filePath: "/proc/\(child)/environ"))
                    .split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
                let rank = variables.first { $0.hasPrefix("RANK=") }
                if let rank = rank.flatMap({ Int($0.dropFirst(5)) }) { found[rank] = child }
            }
        }
        return found
    }

    /// A long run on two processes, once it has a checkpoint.
    private func longRun() throws -> (command: RunningCommand, children: [Int: Int32]) {
        let command = try RunningCommand(
            arguments(100_000, ["--processes", "2", "--checkpoint-steps", "1"]),
            in: scratch.url
        )
        let last = run(0).appending(path: "checkpoints/last.safetensors")
        for _ in 0..<2400 where !FileManager.default.fileExists(atPath: last.path) {
            try #require(command.isRunning, "ended early: \(command.wait().errors)")
            usleep(25_000)
        }
        return (command, try children(of: command.identifier))
    }

    @Test func twoProcessesDoTheWorkOfOne() throws {
        let one = try RunningCommand.run(arguments(5), in: scratch.url)
        #expect(one.status == 0, "\(one.errors)")
        let two = try RunningCommand.run(arguments(5, ["--processes", "2"]), in: scratch.url)
        #expect(two.status == 0, "\(two.errors)")
        #expect(two.output.contains("completed: 320 images, 20 steps"))
        #expect(!two.errors.contains("[1]"), "\(two.errors)")
        let (first, second) = (try weights(0), try weights(1))
        for (name, tensor) in first where !name.hasPrefix("optimizer.") {
            let found = mismatch(
                tensor.doubles(),
                second[name]?.doubles() ?? [],
                tolerance: 1e-5
            )
            #expect(found == nil, "\(name)")
        }
    }

    /// The others end within fifteen seconds and say who is lost; one process goes on alone.
    @Test(arguments: [0, 1]) func aKilledProcessEndsTheOthers(_ rank: Int) throws {
        let (command, children) = try longRun()
        #expect(children.keys.sorted() == [0, 1])
        let clock = ContinuousClock()
        let killed = clock.now
        kill(try #require(children[rank]), SIGKILL)
        let ending = command.wait()
        #expect(clock.now - killed < .seconds(15))
        #expect(ending.status == 137)
        #expect(ending.errors.contains("process \(rank) was ended by signal 9"), "\(ending.errors)")
        #expect(ending.errors.contains("not answer any more"), "\(ending.errors)")
        if rank == 1 {
            let status = try RunStatus.read(run(0).appending(path: "status.json"))
            #expect(status.state == .failed)
            #expect(status.message.hasPrefix("process 1 ("), "\(status.message)")
        }
        let resumed = try RunningCommand.run(
            ["train", "--resume", "last", "--steps", "3"],
            in: scratch.url
        )
        #expect(resumed.status == 0, "\(resumed.errors)")
    }

    @Test func aSignalSavesOnceForAll() throws {
        let (command, children) = try longRun()
        command.send(SIGTERM)
        let ending = command.wait()
        #expect(ending.status == 143, "\(ending.errors)")
        #expect(ending.output.contains("terminated: "))
        for child in children.values { #expect(kill(child, 0) != 0) }
        let info = try RunningCommand.run(["info", run(0).path], in: scratch.url)
        #expect(info.output.contains("stopped"), "\(info.output)")
    }

    /// Nobody is left behind where the launcher itself is killed.
    @Test func aKilledLauncherTakesAllAlong() throws {
        let (command, children) = try longRun()
        command.send(SIGKILL)
        _ = command.wait()
        for _ in 0..<400 where children.values.contains(where: { kill($0, 0) == 0 }) {
            usleep(25_000)
        }
        for child in children.values { #expect(kill(child, 0) != 0) }
    }

    /// As torchrun and other launchers start them.
    @Test func variablesAreEnough() throws {
        let port = try ProcessPlace.freePort()
        let together = "WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=\(port) \"$0\" \"$@\""
        let ending = try RunningCommand.run(
            arguments(1),
            in: scratch.url,
            shell: "RANK=1 \(together) & RANK=0 \(together) && wait $!"
        )
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.contains("completed: 64 images, 4 steps"))
    }

    @Test(arguments: [
        ("RANK=2 WORLD_SIZE=2", "the variable RANK is 2, but WORLD_SIZE is 2"),
        ("RANK=0", "the variable WORLD_SIZE is missing"),
        ("RANK=0 WORLD_SIZE=2 MASTER_ADDR=a", "the variable MASTER_PORT is missing"),
    ])
    func contradictingVariablesAreNamed(_ variables: String, _ words: String) throws {
        let ending = try RunningCommand.run(
            arguments(1),
            in: scratch.url,
            shell: "\(variables) \"$0\" \"$@\""
        )
        #expect(ending.status == 1)
        #expect(ending.errors.contains(words), "\(ending.errors)")
    }

    @Test func whatCannotBeSharedEndsBeforeTheFirstStep() throws {
        let ending = try RunningCommand.run(
            arguments(1, ["--set", "training.batch=15", "--processes", "2"]),
            in: scratch.url
        )
        #expect(ending.status != 0)
        #expect(ending.errors.contains("Set training.batch to 14 or 16"), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: scratch.url.appending(path: "runs").path))
    }
}
