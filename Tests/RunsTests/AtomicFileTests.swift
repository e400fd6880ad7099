import Foundation
import Runs
import TestSupport
import Testing

@Suite("Files are replaced whole or not at all")
struct AtomicFileTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test("the content is replaced and nothing else is left")
    func replaces() throws {
        let url = folder.url.appending(path: "file")
        try AtomicFile.write("old", to: url)
        try AtomicFile.write(Data(repeating: 7, count: 3_000_000), to: url)
        #expect(try Data(contentsOf: url) == Data(repeating: 7, count: 3_000_000))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["file"])
    }

    @Test("a writer that fails leaves the old content and no temporary file")
    func failure() throws {
        let url = folder.url.appending(path: "file")
        try AtomicFile.write("old", to: url)
        #expect(throws: FileError("test", path: "p", reason: "r")) {
            try AtomicFile.replace(url) { (temporary) throws(FileError) in
                try AtomicFile.write("half", to: temporary)
                throw FileError("test", path: "p", reason: "r")
            }
        }
        #expect(try String(contentsOf: url, encoding: .utf8) == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["file"])
    }

    @Test("a folder that is not there is an error that names the file")
    func absent() {
        let url = folder.url.appending(path: "absent/file")
        #expect {
            try AtomicFile.write("x", to: url)
        } throws: {
            "\($0)".contains("absent") && "\($0)".contains("No such file or directory")
        }
    }

    @Test("what interrupted writers left is removed, other files are not")
    func temporaries() throws {
        for name in [".file.12-34.tmp", ".hidden", "file.tmp"] {
            try Data().write(to: folder.url.appending(path: name))
        }
        AtomicFile.removeTemporaries(in: folder.url)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted() == [".hidden", "file.tmp"])
    }

    @Test("readers meet the old content or the new while a writer works")
    func readers() async throws {
        let url = folder.url.appending(path: "file")
        let contents = (0..<2).map { Data(repeating: UInt8($0), count: 100_000) }
        try AtomicFile.write(contents[0], to: url)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for turn in 0..<60 { try AtomicFile.write(contents[turn % 2], to: url) }
            }
            group.addTask {
                for _ in 0..<200 {
                    let data = try Data(contentsOf: url)
                    #expect(contents.contains(data))
                }
            }
            try await group.waitForAll()
        }
    }
}
