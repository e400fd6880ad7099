import Foundation
import TestSupport
import Testing

/// What the command says of itself.
@Suite struct HelpTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test("without a command: what most people want first, and where the rest is")
    func alone() throws {
        let ending = try RunningCommand.run([], in: scratch.url)
        #expect(ending.status == 0 && ending.errors.isEmpty)
        for command in ["imagine", "serve", "train", "--help"] {
            #expect(ending.output.contains("atelier \(command)"), "\(command)")
        }
    }

    @Test("help has every command once, in the group of its kind")
    func groups() throws {
        let help = try RunningCommand.run(["--help"], in: scratch.url).output
        let groups = help.split(separator: "\n").filter { $0.hasSuffix("SUBCOMMANDS:") }
        #expect(
            groups.map { $0.prefix { $0 != " " } } == [
                "CREATE", "EDIT", "TRAIN", "EVALUATE", "UNDERSTAND", "SERVE", "MANAGE",
            ]
        )
        let commands = help.split(separator: "\n").compactMap { line -> Substring? in
            let name = line.dropFirst(2).prefix { $0 != " " && $0 != "," }
            let isCommand = line.hasPrefix("  ") && !line.hasPrefix("   ") && !name.hasPrefix("-")
            return isCommand && name != "See" ? name : nil
        }
        #expect(commands.count > 40 && Set(commands).count == commands.count)
        #expect(!commands.contains("worker"))
    }

    @Test(
        "an answer that is kept is the one that was given first, for each width; what an answer cannot reach is told",
        arguments: [["--help"], ["help", "imagine"], ["train", "-h"], ["--version"], []]
    )
    func keptAnswers(_ question: [String]) throws {
        var kept: Set<String> = []
        let answers = scratch.url.appending(path: "cache/answers")
        for width in ["60", "130"] {
            let shell = "COLUMNS=\(width) exec \"$0\" \"$@\""
            let first = try RunningCommand.run(question, in: scratch.url, shell: shell)
            #expect(first.status == 0 && !first.output.isEmpty)
            let names = Set(try FileManager.default.contentsOfDirectory(atPath: answers.path))
            #expect(names.count == kept.count + 1)
            kept = names
            let second = try RunningCommand.run(question, in: scratch.url, shell: shell)
            #expect(second.output == first.output && second.status == 0)
        }
        // What is read is what was kept, so that nothing had to be loaded.
        for name in kept {
            try Data("as it was kept\n".utf8).write(to: answers.appending(path: name))
        }
        let shell = "COLUMNS=60 exec \"$0\" \"$@\""
        #expect(
            try RunningCommand.run(question, in: scratch.url, shell: shell).output
                == "as it was kept\n"
        )
        let full = try RunningCommand.run(
            question,
            in: scratch.url,
            shell: "COLUMNS=60 exec \"$0\" \"$@\" > /dev/full"
        )
        #expect(full.status == 1 && full.errors.contains("cannot write standard output"))
        let left = try RunningCommand.run(
            question,
            in: scratch.url,
            shell: "{ COLUMNS=60 \"$0\" \"$@\"; echo \"ended with $?\" >&2; } | true"
        )
        #expect(left.errors == "ended with 0\n", "\(left.errors)")
    }

    @Test("what is no question is never answered from what was kept")
    func otherCalls() throws {
        for call in [["recipes"], ["imagine", "--", "--help"], ["data", "list"]] {
            _ = try RunningCommand.run(call, in: scratch.url)
        }
        let answers = scratch.url.appending(path: "cache/answers").path
        #expect(!FileManager.default.fileExists(atPath: answers))
    }

    @Test("what is no command is named")
    func unknown() throws {
        let ending = try RunningCommand.run(["imagin", "a cat"], in: scratch.url)
        #expect(ending.status == 2 && ending.errors.contains("'imagin'"), "\(ending.errors)")
    }
}
