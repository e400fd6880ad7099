import Foundation
import Prompts
import Testing

@Suite struct PromptTableTests {
    private func problem(_ text: String) -> String? {
        do {
            _ = try PromptTable(text, name: "t.csv")
            return nil
        } catch {
            return String(describing: error)
        }
    }

    @Test func linesAreRead() throws {
        let table = try PromptTable(
            "\u{FEFF}seed,prompt,count\r\n１,\"a, \"\"b\"\"\",\n\n,c,3",
            name: "t.csv"
        )
        #expect(
            table.rows == [
                .init(prompt: "a, \"b\"", seed: 1, count: nil, place: "t.csv:2"),
                .init(prompt: "c", seed: nil, count: 3, place: "t.csv:4"),
            ]
        )
        #expect(table.ignored.isEmpty)
        let more = try PromptTable(
            "prompt,size,text\na, 3x4 ,",
            name: "t",
            others: ["size", "text"]
        )
        #expect(more.rows[0].others == ["size": "3x4"] && more.ignored.isEmpty)
    }

    /// A table of which nothing would be drawn says so.
    @Test(arguments: [
        "", "\n\n", "\u{FEFF}", "prompt", "prompt,seed\n", "prompt\r\n\r\n", "seed\n1",
        "prompt;seed\na;1",
    ])
    func nothingToDraw(_ text: String) throws {
        let said = try #require(problem(text))
        #expect(said.hasPrefix("t.csv") && said.contains("prompt"), "\(said)")
    }

    @Test func columnsThatMeanNothingAreTold() throws {
        let table = try PromptTable("prompt,Notes,sed\na,b,1", name: "t.csv")
        #expect(table.ignored == ["Notes", "sed"])
        #expect(problem("prompt,prompt\na,b")?.contains("twice") == true)
    }

    /// The line of the file is named, whatever lies before it: empty lines and fields of several lines.
    @Test(arguments: 0..<30)
    func linesAreNamed(_ number: Int) throws {
        var text = "prompt,seed"
        var line = 1
        for place in 0..<number {
            let piece = ["\n", "\na,1", "\n\"a\nb\",2", "\r\nc,", "\n\"\"\"\n\n\",3"][
                (place * 7 + number) % 5
            ]
            text += piece
            line += piece.count { $0.isNewline }
        }
        let said = try #require(problem(text + "\nlast,x"))
        #expect(said.hasPrefix("t.csv:\(line + 1) expects a seed, found 'x'"), "\(text): \(said)")
        let open = try #require(problem(text + "\n\"open\n\n"))
        #expect(open.hasPrefix("t.csv:\(line + 1) opens a quote"), "\(open)")
    }

    @Test func filesThatCannotBeRead() throws {
        let folder = FileManager.default.temporaryDirectory
        let said = #expect(throws: TableError.self) { try PromptTable(contentsOf: folder) }
        #expect(said?.description.contains("no such file") == false)
        let absent = folder.appending(path: "atelier-\(UUID().uuidString).csv")
        let missing = #expect(throws: TableError.self) { try PromptTable(contentsOf: absent) }
        #expect(missing?.description.contains("no such file") == true)
    }
}
