import Foundation
import Runs
import TestSupport
import Testing

@Suite("The journal keeps one line a tick and drops what is to be done again")
struct JournalTests {
    let folder: ScratchFolder
    let url: URL

    init() throws {
        folder = try ScratchFolder()
        url = folder.url.appending(path: "stats.jsonl")
    }

    private func entry(_ step: Int) -> JournalEntry {
        JournalEntry(
            step: step,
            statistics: [
                "Loss/G/loss": Statistic(count: 4, mean: 0.5 * Double(step), deviation: 0.25)
            ],
            timestamp: 1_700_000_000 + Double(step)
        )
    }

    private func write(_ steps: [Int]) throws {
        let journal = try Journal(url)
        for step in steps { try journal.append(entry(step)) }
        try journal.synchronize()
    }

    @Test("a line has the known form")
    func form() throws {
        try write([3])
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(
            text == """
                {"Loss/G/loss":{"mean":1.5,"num":4,"std":0.25},\
                "Progress/step":{"mean":3,"num":1,"std":0},"timestamp":1700000003}

                """
        )
    }

    @Test("a figure that is no number becomes null and comes back as none")
    func notANumber() throws {
        let journal = try Journal(url)
        try journal.append(
            JournalEntry(step: 1, statistics: ["x": Statistic(.nan)], timestamp: 0)
        )
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(text.contains(#""x":{"mean":null,"num":1,"std":0}"#))
        let read = try #require(try Journal.read(url).first?.statistics["x"])
        #expect(read.mean.isNaN)
        #expect(read.deviation == 0)
    }

    @Test("lines after the step to go on from are dropped, the others stay as they are")
    func resume() throws {
        try write([1, 2, 3, 4])
        let before = try Data(contentsOf: url)
        let journal = try Journal(url, resumeStep: 2)
        #expect(try Journal.read(url).map(\.step) == [1, 2])
        try journal.append(entry(3))
        try journal.append(entry(4))
        #expect(try Data(contentsOf: url) == before)
        let all = try Journal(url, resumeStep: 0)
        #expect(try Journal.read(url).isEmpty)
        try all.append(entry(1))
        #expect(try Journal.read(url) == [entry(1)])
    }

    @Test("a last line that was torn anywhere is left out, and dropped on going on")
    func torn() throws {
        try write([1, 2])
        let whole = try Data(contentsOf: url)
        let first = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
        for length in stride(from: first, to: whole.count, by: 7) {
            try whole.prefix(length).write(to: url)
            #expect(try Journal.read(url).map(\.step) == [1])
        }
        let journal = try Journal(url)
        try journal.append(entry(2))
        #expect(try Data(contentsOf: url) == whole)
    }

    @Test("a broken line in the middle is an error that names it")
    func broken() throws {
        try write([1])
        let line = try Data(contentsOf: url)
        try (line + Data("nonsense\n".utf8) + line).write(to: url)
        #expect {
            try Journal.read(url)
        } throws: {
            "\($0)".contains(url.path) && "\($0)".contains("line 2")
        }
    }

    @Test("a journal that is not there cannot be read")
    func absent() {
        #expect {
            try Journal.read(url)
        } throws: {
            "\($0)".contains(url.path)
        }
    }
}
