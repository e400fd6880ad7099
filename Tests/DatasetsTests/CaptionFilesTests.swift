import Datasets
import Foundation
import Testing

@Suite("Captions beside pictures")
struct CaptionFilesTests {
    private func texts(_ source: some PictureSource, at index: Int) -> [String] {
        source.record(at: index).captions.map { "\($0.language): \($0.text)" }
    }

    @Test("text files beside pictures, a line a caption, are no files that are left out")
    func beside() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["art/a.png", "art/b.jpg", "art/c.png"], in: folder)
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            try write("\u{FEFF}a red fox\r\n\n  红色的狐狸  \n", "art/a.txt")
            try write("a bird", "art/b.caption")
            try write("not of a picture", "art/notes.txt")
            let source = try FolderSource(folder)
            #expect(texts(source, at: 0) == ["en: a red fox", "zh: 红色的狐狸"])
            #expect(texts(source, at: 1) == ["en: a bird"])
            // A picture without a caption keeps the class's name.
            #expect(texts(source, at: 2) == ["en: art"])
            #expect(source.labels == [0, 0, 0])
            #expect(source.problems.map(\.kind) == [.captionMissing, .leftOut])
            #expect(source.problems.first?.identifier == "art/c.png")
            #expect(source.problems.last?.message.contains("1 .txt") == true)
        }
    }

    @Test("a change of a caption is a change of the set")
    func state() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png"], in: folder)
            let file = folder.appending(path: "a.txt")
            try Data("a fox".utf8).write(to: file)
            let before = try FolderSource(folder).origin
            try Data("a wolf".utf8).write(to: file)
            #expect(try FolderSource(folder).origin != before)
        }
    }

    @Test("what cannot be read is told, and the rest is read")
    func damaged() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png", "b.png", "c.png"], in: folder)
            try Data([0xFF, 0xFE, 0x61, 0x00]).write(to: folder.appending(path: "a.txt"))
            try Data(repeating: 0x61, count: 65 << 10).write(to: folder.appending(path: "b.txt"))
            try Data("a cat".utf8).write(to: folder.appending(path: "c.txt"))
            let source = try FolderSource(folder)
            #expect(texts(source, at: 2) == ["en: a cat"])
            let damaged = source.problems.filter { $0.kind == .captionDamaged }
            #expect(damaged.map(\.identifier) == ["a.txt", "b.txt"])
        }
    }

    @Test("a list of captions, in a folder of its own, in a ZIP too")
    func list() throws {
        let lines = """
            {"file_name": "1.png", "text": "a cat"}
            {"file_name": "2.png", "caption": ["a dog", "狗"]}
            {"file_name": "9.png", "text": "nothing"}
            no JSON

            """
        try Samples.withFolder { folder in
            try Samples.writePictures(["train/1.png", "train/2.png", "test/3.png"], in: folder)
            try Data(lines.utf8).write(to: folder.appending(path: "train/metadata.jsonl"))
            let source = try FolderSource(folder)
            #expect(texts(source, at: 0) == ["en: a cat"])
            #expect(texts(source, at: 1) == ["en: a dog", "zh: 狗"])
            let kinds = source.problems.map(\.kind)
            #expect(kinds == [.captionDamaged, .labelledFileMissing])
            #expect(source.problems[0].message.contains("line 4"))
            #expect(source.problems[1].identifier == "train/9.png")
        }
    }

    @Test("captions in dataset.json, with labels and without")
    func labelFile() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png", "b.png"], in: folder)
            let file = folder.appending(path: "dataset.json")
            try Data(#"{"captions": [["a.png", "a fox"], ["b.png", ["a cat", "猫"]]]}"#.utf8)
                .write(to: file)
            var source = try FolderSource(folder)
            #expect(texts(source, at: 1) == ["en: a cat", "zh: 猫"])
            #expect(source.labels == [-1, -1] && source.problems.isEmpty)
            try Data(
                #"{"labels": [["a.png", 1], ["b.png", 0]], "captions": [["a.png", "a fox"]]}"#.utf8
            ).write(to: file)
            source = try FolderSource(folder)
            #expect(source.labels == [1, 0] && texts(source, at: 0) == ["en: a fox"])
            #expect(source.problems.map(\.kind) == [.captionMissing])
            for wrong in [
                #"{"captions": 3}"#, #"{"captions": [["a.png"]]}"#,
                #"{"captions": [["a.png", 3]]}"#,
                #"{"captions": [["a.png", "x"], ["a.png", "y"]]}"#,
            ] {
                try Data(wrong.utf8).write(to: file)
                #expect(datasetError { _ = try FolderSource(folder) }?.kind == .label, "\(wrong)")
            }
        }
    }

    @Test("a ZIP of pictures with texts beside them")
    func archive() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png", "b.png"], in: folder)
            let entries = try ["a.png", "b.png"].map {
                ZipWriter.Entry($0, try Data(contentsOf: folder.appending(path: $0)))
            }
            let said = [
                ZipWriter.Entry("b.txt", Data("a bird on a tree".utf8)),
                ZipWriter.Entry("a.txt", Data("树上的鸟".utf8)),
            ]
            let file = folder.appending(path: "set.zip")
            try #require(ZipWriter.write(entries + said, to: file))
            let source = try ArchiveSource(file)
            #expect(texts(source, at: 0) == ["zh: 树上的鸟"])
            #expect(texts(source, at: 1) == ["en: a bird on a tree"])
        }
    }
}
