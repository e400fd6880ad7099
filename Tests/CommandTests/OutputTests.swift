import Foundation
import TestSupport
import Testing
import Torch

/// What commands do where nobody takes what they say, or no file may grow.
@Suite(.serialized) struct OutputTests {
    private let scratch: ScratchFolder
    private static let refusing = ["exec \"$0\" \"$@\" > /dev/full", "exec \"$0\" \"$@\" >&-"]
    private static let leaving = "{ \"$0\" \"$@\"; echo \"ended with $?\" >&2; } | true"

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    private func train(epochs: Int = 2, _ more: String...) -> [String] {
        ["train", "seed-dcgan", "--batch", "16", "--epochs", "\(epochs)"]
            + ToyData.settings.flatMap { ["--set", $0] } + more
    }

    private static let answering = [
        ["recipes"], ["recipes", "--json"], ["--help"], ["train", "seed-dcgan", "--print-config"],
    ]

    /// A command whose answer is its work has failed when the answer cannot be given, and says so once.
    @Test(arguments: refusing, answering)
    func refusedAnswers(_ shell: String, _ arguments: [String]) throws {
        let ending = try RunningCommand.run(arguments, in: scratch.url, shell: shell)
        #expect(ending.status == 1, "\(arguments): \(ending.errors)")
        // With --json what is for people comes before.
        let said = ending.errors.split(separator: "\n").filter { $0.contains("Error") }
        #expect(said.count == 1 && said[0].hasPrefix("Error: cannot write standard output: "))
        #expect(arguments.contains("--json") || ending.errors.split(separator: "\n").count == 1)
    }

    /// A reader that has seen enough is no fault.
    @Test(arguments: answering)
    func readersMayLeave(_ arguments: [String]) throws {
        let ending = try RunningCommand.run(arguments, in: scratch.url, shell: OutputTests.leaving)
        #expect(ending.errors.hasSuffix("ended with 0\n"), "\(ending.errors)")
        #expect(!ending.errors.contains("Error"))
    }

    /// A training is worth more than what it says.
    @Test(arguments: [
        "exec \"$0\" \"$@\" > /dev/full", "exec \"$0\" \"$@\" >&-",
        "exec \"$0\" \"$@\" > /dev/full 2>&1", "exec \"$0\" \"$@\" <&- >&- 2>&-",
        "{ \"$0\" \"$@\"; echo \"ended with $?\" > ending; } 2>&1 | true; read -r a b c < ending; exit $c",
    ])
    func trainingsGoOn(_ shell: String) throws {
        for form in [[], ["--json"]] {
            let out = "runs\(form.count)"
            let ending = try RunningCommand.run(
                train("--out", out) + form,
                in: scratch.url,
                shell: shell
            )
            #expect(ending.status == 0, "\(ending.errors)")
            let run = scratch.url.appending(path: "\(out)/00000-seed-dcgan-mnist-batch16")
            let state = try Safetensors.read(
                from: run.appending(path: "checkpoints/last.safetensors")
            )
            #expect(state.tensors.count > 10)
            // Nothing that was meant for a person went into a file of the run.
            for name in ["stats.jsonl", "status.json"] {
                let text = try String(contentsOf: run.appending(path: name), encoding: .utf8)
                #expect(!text.contains("tick ") && text.hasPrefix("{"))
            }
        }
    }

    /// Where files may not grow, as on a full disk, the run says so and what was whole stays whole.
    @Test(arguments: [8, 40, 100])
    func fullDisks(_ blocks: Int) throws {
        let ending = try RunningCommand.run(
            train(epochs: 2000),
            in: scratch.url,
            shell: "ulimit -f \(blocks); exec \"$0\" \"$@\""
        )
        #expect(ending.status == 1, "\(ending.errors)")
        let lines = ending.errors.split(separator: "\n").filter { !$0.isEmpty }
        #expect(lines.count == 1 && lines[0].hasPrefix("Error: "), "\(ending.errors)")
        let run = scratch.url.appending(path: "runs/00000-seed-dcgan-mnist-batch16")
        let last = run.appending(path: "checkpoints/last.safetensors")
        if FileManager.default.fileExists(atPath: last.path) {
            #expect(try Safetensors.read(from: last).tensors.count > 10)
        }
        let info = try RunningCommand.run(["info", run.path], in: scratch.url)
        if info.status == 0 { #expect(info.output.contains("failed"), "\(info.output)") }
    }

    /// Text of files and strangers steers no terminal, and a name stays on its line.
    @Test func hostileNames() throws {
        let name = "a\nError: all is well\u{1B}]0;title\u{7}\u{1B}[31m\u{202E}b\u{9B}2J.png"
        let folder = scratch.url.appending(path: "set\u{1B}[31m")
        for part in ["one", "two\u{1B}[0m\nthree"] {
            let place = folder.appending(path: part)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data("no picture".utf8).write(to: place.appending(path: name))
        }
        let set = folder.lastPathComponent
        for arguments in [
            ["data", "check", set], ["info", "\(set)/one/\(name)"], ["info", name],
            ["upscale", name], ["inpaint", name, "a fox", "--mask", name],
            ["imagine", "a \u{1B}[31mfox", "--model", name], ["train", name],
            ["train", "dcgan", "--set", "data.set=folder", "--data", set],
            ["evaluate", set, "--against", name], ["nearest", name], ["models", "show", name],
            ["models", "add", name], ["recipes", name], ["report", name], ["--\(name)"],
        ] {
            let ending = try RunningCommand.run(arguments, in: scratch.url)
            #expect(!(ending.output + ending.errors).isEmpty, "\(arguments)")
            let steering = (ending.output + ending.errors).unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
                    || $0 == "\u{202E}"
            }
            #expect(steering.isEmpty, "\(arguments): \(steering)")
            let lines = (ending.output + ending.errors).split(separator: "\n")
            #expect(!lines.contains { $0.hasPrefix("Error: all is well") }, "\(arguments)")
        }
    }
}
