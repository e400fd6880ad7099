import Files
import Foundation
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
        var names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted() == [".hidden", "file.tmp"])
        for name in [".file.12-34.tmp", ".other.12-34.tmp"] {
            try Data().write(to: folder.url.appending(path: name))
        }
        AtomicFile.removeTemporaries(in: folder.url, of: "file")
        names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted() == [".hidden", ".other.12-34.tmp", "file.tmp"])
    }

    @Test("a draft may be written anywhere, and appears when it is whole")
    func drafts() throws {
        let url = folder.url.appending(path: "file")
        var draft: FileDraft? = try FileDraft(url)
        draft?.skip(to: 4)
        try draft?.append([1, 2, 3])
        try draft?.pad(to: 8)
        try draft?.write([9, 9], at: 1)
        #expect(draft?.count == 8)
        #expect(!FileManager.default.fileExists(atPath: url.path))
        try draft?.commit()
        #expect(try Array(Data(contentsOf: url)) == [0, 9, 9, 0, 1, 2, 3, 0])
        draft = try FileDraft(url)
        try draft?.append(Data("lost".utf8))
        draft = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["file"])
        #expect(try Data(contentsOf: url).count == 8)
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
