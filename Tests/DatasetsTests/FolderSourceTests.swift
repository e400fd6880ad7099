import Datasets
import Foundation
import Imaging
import Settings
import Testing

@Suite("FolderSource")
struct FolderSourceTests {
    @Test("folders are classes, sorted; hidden files and other files are left out")
    func classes() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(
                ["dog/b.png", "dog/a.png", "cat/deep/c.png", "red_fox/d.jpg"],
                in: folder
            )
            try Data("x".utf8).write(to: folder.appending(path: "dog/.hidden.png"))
            try Data("x".utf8).write(to: folder.appending(path: "dog/notes.txt"))
            let source = try FolderSource(folder)
            #expect(source.classNames == ["cat", "dog", "red_fox"])
            #expect(
                (0..<source.count).map { source.record(at: $0).identifier }
                    == ["cat/deep/c.png", "dog/a.png", "dog/b.png", "red_fox/d.jpg"]
            )
            #expect(source.labels == [0, 1, 1, 2])
            #expect(source.record(at: 3).captions == [Caption(language: "en", text: "red fox")])
            #expect(source.problems.map(\.kind) == [.leftOut, .leftOut] && !source.isSplit)
            #expect(try source.picture(at: 1) == Samples.picture(seed: 1))
        }
    }

    @Test("a flat folder has pictures without labels")
    func flat() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["b.png", "a.png"], in: folder)
            let source = try FolderSource(folder)
            #expect(source.count == 2 && source.classNames.isEmpty)
            #expect(source.labels == [-1, -1])
            #expect(source.problems.isEmpty)
        }
    }

    @Test("train and test have the classes of both")
    func splits() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(
                ["train/cat/1.png", "train/emu/2.png", "val/dog/3.png"],
                in: folder
            )
            let train = try FolderSource(folder, split: .train)
            let test = try FolderSource(folder, split: .test)
            #expect(train.classNames == ["cat", "dog", "emu"])
            #expect(test.classNames == train.classNames)
            #expect(train.labels == [0, 2] && test.labels == [1])
            #expect(train.isSplit && train.origin != test.origin)
            #expect(train.problems.map(\.identifier) == ["dog"])
        }
        try Samples.withFolder { folder in
            try Samples.writePictures(["train/cat/1.png"], in: folder)
            let error = datasetError { _ = try FolderSource(folder, split: .test) }
            #expect(error?.kind == .missing)
        }
    }

    @Test("dataset.json gives the labels; what does not fit is a problem")
    func labelFile() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["00000/a.png", "00000/b.png", "00000/c.png"], in: folder)
            let json = #"{"labels": [["00000/a.png", 3], ["00000/b.png", 0], ["gone.png", 1]]}"#
            try Data(json.utf8).write(to: folder.appending(path: "dataset.json"))
            let source = try FolderSource(folder)
            #expect(source.labels == [3, 0, -1])
            #expect(source.classNames == ["0", "1", "2", "3"])
            #expect(
                source.problems.map(\.kind)
                    == [.labelMissing, .emptyClass, .emptyClass, .labelledFileMissing]
            )
            #expect(source.problems.last?.identifier == "gone.png")
        }
    }

    @Test("labels of null are no labels")
    func nullLabels() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["x/a.png"], in: folder)
            try Data(#"{"labels": null}"#.utf8).write(to: folder.appending(path: "dataset.json"))
            let source = try FolderSource(folder)
            #expect(source.labels == [-1] && source.classNames.isEmpty)
        }
    }

    @Test(
        "refuses a damaged dataset.json",
        arguments: [
            "{", "[]", "{}", #"{"labels": 3}"#, #"{"labels": [["a.png"]]}"#,
            #"{"labels": [["a.png", "cat"]]}"#, #"{"labels": [["a.png", 1.5]]}"#,
            #"{"labels": [["a.png", [0, "x"]]]}"#, #"{"labels": [["a.png", 1], ["a.png", 2]]}"#,
        ]
    )
    func damagedLabels(text: String) throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png"], in: folder)
            try Data(text.utf8).write(to: folder.appending(path: "dataset.json"))
            let error = datasetError { _ = try FolderSource(folder) }
            #expect(error?.kind == .label)
            #expect(error?.place.hasSuffix("dataset.json") == true)
        }
    }

    @Test("a negative label is out of range")
    func negative() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png", "b.png"], in: folder)
            let json = #"{"labels": [["a.png", -1], ["b.png", 0]]}"#
            try Data(json.utf8).write(to: folder.appending(path: "dataset.json"))
            let source = try FolderSource(folder)
            #expect(source.problems.map(\.kind) == [.labelOutOfRange])
        }
    }

    @Test("a link to a folder that is in the set is left out, so that circles end")
    func circle() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["cat/a.png"], in: folder)
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "cat/again"),
                withDestinationURL: folder
            )
            #expect(try FolderSource(folder).count == 1)
        }
    }

    @Test("a folder that is not there is an error")
    func missing() {
        let error = datasetError { _ = try FolderSource(URL(filePath: "/nowhere/at/all")) }
        #expect(error?.kind == .missing && error?.place == "/nowhere/at/all")
    }

    @Test("a held-out part and the rest are the whole, and stay when files are added")
    func heldOut() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures((0..<60).map { "\($0).png" }, in: folder)
            func names(_ split: Split) throws -> Set<String> {
                let part = SubsetSource(try FolderSource(folder), split: split, fraction: 0.2)
                return Set((0..<part.count).map { part.record(at: $0).identifier })
            }
            let (train, test) = (try names(.train), try names(.test))
            #expect(train.count + test.count == 60 && train.isDisjoint(with: test))
            #expect((4...24).contains(test.count))
            try Samples.writePictures((60..<80).map { "\($0).png" }, in: folder)
            let (trainLater, testLater) = (try names(.train), try names(.test))
            #expect(trainLater.isSuperset(of: train) && testLater.isSuperset(of: test))
        }
    }
}

@Suite("Labels of several numbers")
struct ValueLabelTests {
    private func write(_ labels: String, in folder: URL) throws {
        try Samples.writePictures(["a.png", "b.png", "c.png"], in: folder)
        try Data("{\"labels\": \(labels)}".utf8)
            .write(to: folder.appending(path: "dataset.json"))
    }

    @Test("come with pictures and batches")
    func values() throws {
        try Samples.withFolder { folder in
            try write(
                "[[\"a.png\", [1, 0, 0.5]], [\"b.png\", [0, 1, 2]], [\"c.png\", [0, 0, -1]]]",
                in: folder
            )
            let source = try FolderSource(folder)
            #expect(source.classNames.isEmpty)
            #expect(source.record(at: 1).values == [0, 1, 2])
            let cache = try PictureCache.open(
                source,
                options: CacheOptions(width: 4, height: 4, channels: 3),
                folder: folder.appending(path: ".cache"),
                notice: { _ in }
            )
            #expect(cache.valueCount == 3)
            #expect(cache.batch(1..<3).values == [0, 1, 2, 0, 0, -1])
            let order = try BatchOrder(count: 3, batchSize: 2, sampling: .sequential)
            let batch = BatchLoader(cache: cache, order: order).batch(at: DataPosition())
            #expect(batch.values == [1, 0, 0.5, 0, 1, 2])
        }
    }

    @Test(
        "that differ in number, or are no numbers, are refused",
        arguments: [
            ("[[\"a.png\", [1, 0]], [\"b.png\", [1]]]", "has 1 numbers, others have 2"),
            ("[[\"a.png\", [1, 0]], [\"b.png\", 1]]", "has 0 numbers, others have 2"),
            ("[[\"a.png\", [\"x\"]]]", "neither a whole number nor a list of numbers"),
            ("[[\"a.png\", []]]", "neither a whole number nor a list of numbers"),
        ]
    )
    func refused(_ labels: String, _ reason: String) throws {
        try Samples.withFolder { folder in
            try write(labels, in: folder)
            #expect {
                try FolderSource(folder)
            } throws: {
                "\($0)".contains(reason)
            }
        }
    }
}
