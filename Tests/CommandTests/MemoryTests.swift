import Foundation
import TestSupport
import Testing

/// Memory of trainings: how it is kept, and what is said where there is too little.
@Suite struct MemoryTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    private func train(_ more: String...) -> [String] {
        ["train", "seed-dcgan", "--batch", "16"]
            + ToyData.settings.flatMap { ["--set", $0] } + more
    }

    #if os(Linux)
    /// All threads of a training take memory from one place: none was there before that was settled.
    @Test func oneHeap() throws {
        let command = try RunningCommand(train("--epochs", "100000"), in: scratch.url)
        for _ in 0..<1200 where !command.output.contains("run ") {
            try #require(command.isRunning, "ended early: \(command.wait().errors)")
            usleep(25_000)
        }
        let maps = try String(
            contentsOfFile: "/proc/\(command.identifier)/maps",
            encoding: .utf8
        )
        let tasks = try FileManager.default.contentsOfDirectory(
            atPath: "/proc/\(command.identifier)/task"
        )
        command.send(SIGKILL)
        #expect(!command.wait().errors.contains("other threads"))
        #expect(tasks.count > 2)
        // Further heaps of GNU's library lie at multiples of 64 MiB: what is used, then what is reserved up to the next.
        let ranges = maps.split(separator: "\n").compactMap { line -> (UInt64, UInt64, Bool)? in
            let fields = line.split(separator: " ")
            let ends = fields[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            guard ends.count == 2, fields.count == 5 else { return nil }
            return (ends[0], ends[1], fields[1].hasPrefix("rw"))
        }
        let size: UInt64 = 1 << 26
        let heaps = zip(ranges, ranges.dropFirst()).filter { first, second in
            first.2 && first.0 % size == 0 && first.1 == second.0 && !second.2
                && second.1 == first.0 + size
        }
        #expect(heaps.isEmpty, "\(heaps.count) heaps beside the first")
    }

    /// Networks that do not fit end the command with a sentence before the first step, and the run reads as failed.
    @Test func networksThatDoNotFit() throws {
        let ending = try RunningCommand.run(
            train("--set", "model.generator.widths=[8192, 8192, 8192]"),
            in: scratch.url,
            shell: "ulimit -d 2000000; exec \"$0\" \"$@\""
        )
        #expect(ending.status == 1, "\(ending.errors)")
        #expect(ending.errors.hasPrefix("Error: there is not enough memory"), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1)
        let info = try RunningCommand.run(
            ["info", "runs/00000-seed-dcgan-mnist-batch16"],
            in: scratch.url
        )
        #expect(info.output.contains("failed"), "\(info.output)\(info.errors)")
    }
    #endif
}
