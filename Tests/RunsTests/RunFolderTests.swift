import Foundation
import Runs
import TestSupport
import Testing

@Suite("Run folders have the next number and known names")
struct RunFolderTests {
    let root: ScratchFolder
    let recipe: Recipe

    init() throws {
        root = try ScratchFolder()
        recipe = try Recipe.load("seed-dcgan")
    }

    @Test("the number is one more than the highest at the start of a name")
    func numbers() throws {
        let first = try RunFolder.create(in: root.url, recipe: recipe)
        #expect(first.name == "00000-seed-dcgan-mnist-batch256")
        for name in ["00011-x", "7-y", "notes", "00010.txt"] {
            try FileManager.default.createDirectory(
                at: root.url.appending(path: name),
                withIntermediateDirectories: true
            )
        }
        let next = try RunFolder.create(in: root.url, recipe: recipe, note: " two/../words! ")
        #expect(next.name == "00012-seed-dcgan-mnist-batch256-two-words")
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(
            atPath: next.checkpoints.path,
            isDirectory: &isFolder
        )
        #expect(exists && isFolder.boolValue)
    }

    @Test(
        "numbers that no run gets are no numbers of runs",
        arguments: [
            "9223372036854775807-x", "1764444444-notes", "99999999999999999999-y", "99999999-x",
            "20240101-photos", "100000-z",
        ]
    )
    func otherNumbers(name: String) throws {
        try FileManager.default.createDirectory(
            at: root.url.appending(path: name),
            withIntermediateDirectories: true
        )
        #expect(try RunFolder.create(in: root.url, recipe: recipe).name.hasPrefix("00000-"))
        #expect(try RunFolder.newest(in: root.url).name.hasPrefix("00000-"))
    }

    @Test("a run may have a number beyond five digits")
    func longNumbers() throws {
        let run = root.url.appending(path: "123456-seed-dcgan")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: run.appending(path: "training_options.json"))
        #expect(try RunFolder.newest(in: root.url).name == "123456-seed-dcgan")
        #expect(try RunFolder.create(in: root.url, recipe: recipe).name.hasPrefix("123457-"))
    }

    @Test("runs that start together get different numbers")
    func race() async throws {
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<32 {
                group.addTask { [url = root.url, recipe] in
                    try RunFolder.create(in: url, recipe: recipe, note: "\(index)").name
                }
            }
            return try await group.reduce(into: []) { $0.append(String($1.prefix(5))) }
        }
        #expect(Set(names).count == 32)
    }

    @Test("files have the names people know")
    func names() throws {
        let folder = try RunFolder.create(in: root.url, recipe: recipe)
        let files = [
            folder.trainingOptions, folder.log, folder.stats, folder.status, folder.reals,
            folder.firstFakes, folder.fakes(images: 12_999), folder.snapshot(images: 60_000),
            folder.metric("fid50k_full"),
        ]
        #expect(
            files.map(\.lastPathComponent) == [
                "training_options.json", "log.txt", "stats.jsonl", "status.json", "reals.png",
                "fakes_init.png", "fakes000012.png", "network-snapshot-000060.safetensors",
                "metric-fid50k_full.jsonl",
            ]
        )
        #expect(
            files.allSatisfy { $0.deletingLastPathComponent().lastPathComponent == folder.name }
        )
    }

    @Test("checkpoints have names that resume understands")
    func checkpoints() throws {
        let folder = try RunFolder.create(in: root.url, recipe: recipe)
        #expect(folder.checkpoint(named: "last") == folder.lastCheckpoint)
        #expect(folder.checkpoint(named: "best") == folder.bestCheckpoint)
        #expect(folder.checkpoint(named: "/some/file").path == "/some/file")
        #expect(
            folder.checkpoint(epoch: 3, step: 1200).path
                == folder.checkpoints.path + "/epoch=3-step=1200.safetensors"
        )
    }

    @Test("event files are listed in the order they were begun")
    func eventFiles() throws {
        let folder = try RunFolder.create(in: root.url, recipe: recipe)
        let names = ["9.h.1.10", "9.h.1.9", "10.h.1.0"].map { "events.out.tfevents." + $0 }
        for name in names + ["log.txt"] { try Data().write(to: folder.url.appending(path: name)) }
        let found = folder.eventFiles().map(\.lastPathComponent)
        #expect(found == [names[1], names[0], names[2]])
    }

    @Test("a folder that cannot be opened or made is an error that names it")
    func errors() throws {
        let absent = root.url.appending(path: "absent")
        #expect {
            try RunFolder(opening: absent)
        } throws: {
            "\($0)".contains(absent.path) && "\($0)".contains("no such folder")
        }
        let file = root.url.appending(path: "file")
        try Data().write(to: file)
        #expect {
            try RunFolder.create(in: file, recipe: recipe)
        } throws: {
            "\($0)".contains(file.path)
        }
    }
}
