import Foundation
import Prompts
import TestSupport
import Testing

/// Words that no caption has, and what is drawn for them.
@Suite struct WordNetTests {
    private let scratch: ScratchFolder
    private let net: WordNet

    init() throws {
        scratch = try ScratchFolder()
        try SmallWordNet.write(to: scratch.url)
        net = try WordNet(contentsOf: scratch.url)
    }

    private func reading(_ word: String, _ known: String...) -> WordReading? {
        net.reading(of: word) { known.contains($0) }
    }

    @Test func everyWordIsFound() {
        for row in SmallWordNet.rows {
            for word in row.words {
                let meanings = net.meanings(of: word.replacing("_", with: " "))
                #expect(meanings.contains { $0.definition == row.definition }, "\(word)")
            }
        }
        #expect(net.meanings(of: "do").isEmpty && net.meanings(of: "zebra").isEmpty)
        #expect(net.meanings(of: "").isEmpty && net.meanings(of: "DOG").count == 1)
    }

    /// Counts in a file are nobody's word for what follows.
    @Test(arguments: ["7fffffffffffffff", "4000000000000000", "ffff", "00", "-1"])
    func anyCounts(_ count: String) throws {
        let file = scratch.url.appending(path: "data.noun")
        var text = try String(contentsOf: file, encoding: .utf8)
        let place = try #require(text.firstRange(of: " n 02 "))
        text.replaceSubrange(place, with: " n \(count) ")
        try Data(text.utf8).write(to: file)
        let net = try WordNet(contentsOf: scratch.url)
        for row in SmallWordNet.rows {
            for word in row.words { _ = net.meanings(of: word) }
        }
    }

    @Test func theNearestIsDrawn() {
        #expect(
            reading("automobile", "car") == .init(word: "automobile", drawn: "car", relation: .same)
        )
        #expect(reading("retriever", "dog", "cat")?.drawn == "dog")
        #expect(reading("Retrievers", "dog")?.relation == .kind)
        #expect(reading("wolves", "wolf", "dog")?.drawn == "wolf")
        #expect(
            reading("jackal", "dog", "bird")
                == .init(word: "jackal", drawn: "dog", relation: .relative, shared: "canine")
        )
        // What a definition names goes before what says little.
        #expect(reading("kitten", "young", "cat")?.drawn == "cat")
        #expect(reading("kitten", "young")?.drawn == "young")
        // An animal first, though its sound is as common; a name when written as one.
        #expect(reading("crow", "bird", "jog", "chap")?.drawn == "bird")
        #expect(reading("car", "dog") == nil && reading("qwerty", "dog") == nil)
        #expect(
            reading("jackal", "dog")?.sentence
                == "jackal: drawn as dog, which is a kind of canine, too"
        )
    }

    @Test func circlesEnd() {
        #expect(reading("loop", "dog") == nil)
        #expect(reading("ring", "loop")?.drawn == "loop")
    }

    /// Files that end anywhere, or say anything, are read to no harm.
    @Test func damagedFilesDoNoHarm() throws {
        var chance = SeededChance(1)
        let names = ["data.noun", "index.noun", "noun.exc"]
        let whole = try names.map { try Data(contentsOf: scratch.url.appending(path: $0)) }
        let folder = scratch.url.appending(path: "damaged")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var (opened, refused) = (0, 0)
        for _ in 0..<200 {
            for (name, bytes) in zip(names, whole) {
                var bytes = bytes
                for _ in 0..<Int.random(in: 0...3, using: &chance) where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &chance)] =
                        [UInt8(ascii: "\n"), 0x20, 0xFF, 0x30, 0x39].randomElement(using: &chance)
                        ?? 0
                }
                if Bool.random(using: &chance) {
                    bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &chance))
                }
                try bytes.write(to: folder.appending(path: name))
            }
            do {
                let net = try WordNet(contentsOf: folder)
                for row in SmallWordNet.rows {
                    _ = net.reading(of: row.words[0]) { $0 == "dog" || $0 == "car" }
                }
                opened += 1
            } catch {
                refused += 1
            }
        }
        #expect(opened > 0 && refused > 0)
    }

    @Test func whatIsNoWordNetIsRefused() throws {
        let folder = scratch.url.appending(path: "none")
        #expect(throws: KnowledgeError.self) { try WordNet(contentsOf: folder) }
        try SmallWordNet.write(to: folder, rows: [(5, ["dog"], [], "one that barks")])
        let error = #expect(throws: KnowledgeError.self) { try WordNet(contentsOf: folder) }
        #expect(error?.description.contains(folder.path) == true)
    }
}
