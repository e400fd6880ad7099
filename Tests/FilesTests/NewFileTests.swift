import Files
import Foundation
import TestSupport
import Testing

@Suite("Results never take the place of anything")
struct NewFileTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func names() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.url.path))
    }

    @Test("the same bytes are the same file, others have a number")
    func numbers() throws {
        let url = folder.url.appending(path: "a.b.png")
        let written = try [1, 2, 1, 3, 2, 3].map {
            try NewFile.write(Data([UInt8($0)]), to: url).lastPathComponent
        }
        #expect(
            written == ["a.b.png", "a.b-2.png", "a.b.png", "a.b-3.png", "a.b-2.png", "a.b-3.png"]
        )
        #expect(try names() == ["a.b.png", "a.b-2.png", "a.b-3.png"])
    }

    @Test("a folder or a link to nothing of that name stays")
    func others() throws {
        let url = folder.url.appending(path: "x.png")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: "x-2.png").path,
            withDestinationPath: "nowhere"
        )
        #expect(try NewFile.write(Data([1]), to: url).lastPathComponent == "x-3.png")
    }

    @Test("whatever is written stays as it was, whatever is written next", arguments: 0..<30)
    func property(_ seed: Int) throws {
        var chance = SeededChance(UInt64(seed))
        let stems = [
            "a", "a-2", "a-2-2", "红苹果", ".hidden", String(repeating: "x", count: 255),
            String(repeating: "红", count: 85), String(repeating: "y", count: 251), "no.ending",
        ]
        var kept: [String: Data] = [:]
        for _ in 0..<40 {
            let stem = stems[Int.random(in: 0..<stems.count, using: &chance)]
            let ending = [".png", ".json", ""][Int.random(in: 0..<3, using: &chance)]
            let url = folder.url.appending(path: stem + ending)
            let data = Data([UInt8.random(in: 0..<4, using: &chance)])
            let written = try NewFile.write(data, to: url)
            #expect(written.lastPathComponent.utf8.count <= NewFile.longestName)
            #expect(try Data(contentsOf: written) == data)
            kept[written.path] = data
            for (path, data) in kept {
                #expect(try Data(contentsOf: URL(filePath: path)) == data)
            }
        }
        #expect(try names().count == kept.count)
    }

    @Test("names of most bytes keep their ending and number")
    func long() throws {
        let url = folder.url.appending(path: String(repeating: "é", count: 125) + "a.png")
        #expect(url.lastPathComponent.utf8.count == 255)
        for number in 1...12 {
            let name = try NewFile.write(Data([UInt8(number)]), to: url).lastPathComponent
            #expect(name.hasSuffix(number == 1 ? ".png" : "-\(number).png"))
        }
        let longer = folder.url.appending(path: String(repeating: "z", count: 400) + ".safetensors")
        let name = try NewFile.write(Data(), to: longer).lastPathComponent
        #expect(name.utf8.count == 255 && name.hasSuffix("z.safetensors"))
    }

    @Test("files of names of most bytes are written whole or not at all, too")
    func longest() throws {
        let name = String(repeating: "n", count: 251) + ".png"
        try AtomicFile.write("x", to: folder.url.appending(path: name))
        AtomicFile.removeTemporaries(in: folder.url, of: name)
        #expect(try names() == [name])
    }

    @Test("of many at once each has its own")
    func race() async throws {
        let url = folder.url.appending(path: "r.png")
        let written = try await withThrowingTaskGroup(of: URL.self) { group in
            for number in 0..<24 {
                group.addTask { try NewFile.write(Data([UInt8(number)]), to: url) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1.path) }
        }
        #expect(written.count == 24)
        let contents = Set(try written.map { try Data(contentsOf: URL(filePath: $0)) })
        #expect(contents.count == 24)
    }
}

@Suite("Work that one process has")
struct FileClaimTests {
    @Test("the second is told which process has it; the end of the first frees it")
    func holder() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: ".lock")
        var first: FileClaim? = try FileClaim(of: file, to: "train in", folder.url)
        #expect {
            try FileClaim(of: file, to: "train in", folder.url)
        } throws: {
            "\($0)".contains(
                "cannot train in \(folder.url.path): process \(getpid()) does so already"
            )
        }
        #expect(try FileClaim(file) == nil)
        withExtendedLifetime(first) {}
        first = nil
        let second = try FileClaim(of: file, to: "train in", folder.url)
        withExtendedLifetime(second) {}
    }
}
