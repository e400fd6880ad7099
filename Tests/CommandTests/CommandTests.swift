import Foundation
import TestSupport
import Testing

@Suite struct CommandTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    private func run(_ arguments: String...) throws -> RunningCommand.Ending {
        try RunningCommand.run(arguments, in: scratch.url)
    }

    private var train: [String] {
        ["train", "seed-dcgan", "--batch", "16"] + ToyData.settings.flatMap { ["--set", $0] }
    }

    /// Every line of standard output as JSON.
    private func json(_ ending: RunningCommand.Ending) throws -> [Any] {
        try ending.output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
        }
    }

    /// Weights that are there are never written over, nor those of the discriminator beside them.
    @Test(arguments: ["kept.safetensors", "kept-discriminator.safetensors"])
    func exportsTakeNoFilesPlace(_ name: String) throws {
        let file = scratch.url.appending(path: name)
        try Data("kept".utf8).write(to: file)
        let ending = try run("export", "runs/none", "kept.safetensors")
        #expect(ending.status == 1 && ending.errors.contains("\(name) is there already"))
        #expect(try String(contentsOf: file, encoding: .utf8) == "kept")
    }

    @Test func aSittingFromTrainingToPictures() throws {
        let trained = try RunningCommand.run(train + ["--epochs", "2", "--json"], in: scratch.url)
        #expect(trained.status == 0, "\(trained.errors)")
        let events = try json(trained).compactMap { ($0 as? [String: Any])?["event"] as? String }
        #expect(events.first == "started")
        #expect(events.last == "finished")
        #expect(events.contains("tick"))
        #expect(events.contains("evaluated"))
        let run = "runs/00000-seed-dcgan-mnist-batch16"

        let drawn = try self.run(
            "imagine",
            "--model",
            run,
            "--seed",
            "3",
            "-n",
            "5",
            "--grid",
            "grid.png",
            "--out",
            "single",
            "--json"
        )
        #expect(drawn.status == 0, "\(drawn.errors)")
        let report = try #require(try json(drawn).first as? [String: Any])
        let job = try #require((report["jobs"] as? [[String: Any]])?.first)
        #expect((job["files"] as? [String])?.count == 5)
        #expect((job["grid"] as? String)?.hasSuffix("grid.png") == true)

        let alone = try RunningCommand.run(
            ["imagine", "--model", "last", "--seed", "3", "--index", "4", "--out", "alone"],
            in: scratch.url
        )
        #expect(alone.status == 0, "\(alone.errors)")
        let name = "seed3-0004.png"
        #expect(
            try Data(contentsOf: scratch.url.appending(path: "single/\(name)"))
                == Data(contentsOf: scratch.url.appending(path: "alone/\(name)"))
        )

        let refused = try self.run("imagine", "--model", run, "3")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("no classes"))
        let unsupported = try self.run("imagine", "--model", run, "--niji")
        #expect(unsupported.status == 2)
        #expect(unsupported.errors.contains("--niji") && unsupported.errors.contains("seed-dcgan"))

        for picture in ["grid.png", "single/\(name)"] {
            let again = try self.run("rerun", picture, "--model", run, "--json")
            #expect(again.status == 0, "\(again.errors)")
        }
        for subject in ["grid.png", run, "seed-dcgan", "single/\(name)"] {
            let info = try self.run("info", subject, "--json")
            #expect(info.status == 0, "\(subject): \(info.errors)")
            #expect(try json(info).count == 1)
        }
    }

    @Test func wrongCommandsEndWithTwo() throws {
        for arguments in [
            ["train"], ["train", "seed-dcgan", "--steps", "0"], ["imagine", "--count", "0"],
            ["paint"], ["train", "sed-dcgan"],
            ["train", "seed-dcgan", "--set", "training.epoch=3"],
            ["train", "--resume", "last", "--epochs", "3"],
        ] {
            let ending = try RunningCommand.run(arguments, in: scratch.url)
            #expect(ending.status == 2, "\(arguments): \(ending.errors)")
            #expect(!ending.errors.isEmpty)
        }
        let near = try run("train", "seed-dcgan", "--set", "training.epoch=3")
        #expect(near.errors.contains("epochs"))
        #expect(!FileManager.default.fileExists(atPath: scratch.url.appending(path: "runs").path))
    }

    @Test func theWorldsFaultsEndWithOne() throws {
        let absent = try run("train", "seed-dcgan", "--data", "nowhere")
        #expect(absent.status == 1)
        #expect(absent.errors.contains("nowhere"))
        let device = try run("train", "seed-dcgan", "--device", "cuda:7", "--dry-run")
        #expect(device.status == 1)
        #expect(device.errors.contains("cuda:7"))
        let none = try run("imagine", "--model", "last")
        #expect(none.status == 1)
        let resumed = try run("train", "--resume", "last")
        #expect(resumed.status == 1)
    }

    @Test func promptsThatCannotBeUsedEndWithTwo() throws {
        let long = String(repeating: "a", count: 40_000)
        for prompt in ["a {b", "a::-1", "apple --seeed 3", "apple --chaos 101", long, "a\u{07}b"] {
            let ending = try run("imagine", prompt)
            #expect(ending.status == 2, "\(prompt.prefix(20)): \(ending.errors)")
        }
        let blocked = try run("imagine", "a swastika")
        #expect(blocked.status == 2 && blocked.errors.contains("does not allow"))
    }

    @Test func presetsAreKept() throws {
        func prefer(_ arguments: String...) throws -> RunningCommand.Ending {
            try RunningCommand.run(["prefer"] + arguments, in: scratch.url)
        }
        #expect(try prefer("set", "mine", "--chaos 20 --stylize 250").status == 0)
        let list = try prefer("list", "--json")
        #expect(try json(list).first as? [String: String] == ["mine": "--chaos 20 --stylize 250"])
        for number in 1...19 { #expect(try prefer("set", "p\(number)", "--raw").status == 0) }
        #expect(try prefer("set", "onemore", "--raw").status == 2)
        #expect(try prefer("set", "mine").status == 0)
        #expect(try prefer("set", "onemore", "--raw").status == 0)
    }

    @Test func everyCommandAnswersInJSON() throws {
        for arguments in [
            ["recipes"], ["recipes", "explain", "sngan"], ["recipes", "parts"],
            ["recipes", "check", "r3gan"], ["doctor"], ["data", "list"],
            ["data", "check", "mnist"],
            ["train", "seed-dcgan", "--print-config"], ["bench", "--batch", "2", "--steps", "1"],
            ["bench", "--sample", "--batch", "2", "--steps", "1"],
        ] {
            let ending = try RunningCommand.run(arguments + ["--json"], in: scratch.url)
            #expect(ending.status == 0, "\(arguments): \(ending.errors)")
            let value = try? JSONSerialization.jsonObject(with: Data(ending.output.utf8))
            #expect(value != nil, "\(arguments): \(ending.output)")
        }
        let failed = try run("info", "nothing", "--json")
        #expect(failed.status == 1)
        #expect(((try json(failed).first) as? [String: String])?["error"] != nil)
    }

    @Test func dataCheckFindsWhatIsPlanted() throws {
        let folder = scratch.url.appending(path: "pictures/a")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("no picture".utf8).write(to: folder.appending(path: "broken.png"))
        let found = try run("data", "check", "pictures", "--json")
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.output.contains("broken.png"))
        #expect(try run("data", "check", "pictures", "--strict").status == 3)
    }

    @Test func completionListsEveryFlag() throws {
        let script = try run("--generate-completion-script", "bash")
        #expect(script.status == 0)
        for flag in ["--resume", "--checkpoint-steps", "--enlarge", "--strict", "--json"] {
            #expect(script.output.contains(flag), "\(flag)")
        }
        #expect(try run("--version").output == "0.1.0\n")
    }

    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
    func signalsSaveAndLeave(_ signal: Int32, _ status: Int32) throws {
        let command = try RunningCommand(
            train + ["--epochs", "100000", "--json"],
            in: scratch.url
        )
        try waitUntil(command) { $0.contains("\"tick\"") }
        command.send(signal)
        let ending = command.wait()
        #expect(ending.status == status, "\(ending.errors)")
        let run = scratch.url.appending(path: "runs/00000-seed-dcgan-mnist-batch16")
        let text = try String(contentsOf: run.appending(path: "status.json"), encoding: .utf8)
        #expect(text.contains(signal == SIGINT ? "interrupted" : "terminated"))
        let resumed = try self.run("train", "--resume", "last", "--steps", "3")
        #expect(resumed.status == 0, "\(resumed.errors)")
    }

    private func waitUntil(
        _ command: RunningCommand,
        _ condition: (String) -> Bool
    ) throws {
        for _ in 0..<600 {
            if condition(command.output) { return }
            try #require(command.isRunning, "ended early: \(command.wait().errors)")
            usleep(50_000)
        }
        Issue.record("waited for 30 seconds: \(command.output)")
    }
}
