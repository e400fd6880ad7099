import Datasets
import Foundation
import Settings
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("What a set leaves out")
struct LeftOutTests {
    private func leftOut(_ source: some PictureSource) -> [String] {
        source.problems.filter { $0.kind == .leftOut }.map(\.message)
    }

    private func write(_ names: [String], in folder: URL) throws {
        for name in names {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data("x".utf8).write(to: file)
        }
    }

    @Test("other endings, hidden files and those of programs are counted with the reason")
    func endings() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["cat/a.png", "dog/b.png"], in: folder)
            try write(
                ["cat/a.PSD", "cat/b.psd", "dog/c.psd", "README", "cat/.DS_Store"]
                    + ["cat/@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg", "@eaDir/x.jpg", "dog/Thumbs.db"],
                in: folder
            )
            let source = try FolderSource(folder)
            #expect(source.classNames == ["cat", "dog"] && source.count == 2)
            #expect(
                leftOut(source) == [
                    "2 .psd, 1 .PSD, 1 without an ending: not read as pictures by their endings",
                    "1 hidden by a dot",
                    "3 that programs keep for themselves (2 @eaDir, 1 Thumbs.db)",
                ]
            )
            let report = DatasetCheck().report(on: source)
            #expect(!report.isClean && report.description.contains("left out: 2 .psd"))
        }
    }

    @Test("names that are not UTF-8 are counted, with all that lies below them")
    func bytes() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["cat/a.png"], in: folder)
            for (name, inner) in [([0x63, 0xE9], "1.png"), ([0x63, 0xE8], "2.png")] {
                let path = Array((folder.path + "/").utf8) + name.map { UInt8($0) }
                try #require(mkdir(path.map { CChar(bitPattern: $0) } + [0], 0o755) == 0)
                let file = path + Array("/\(inner)".utf8)
                let number = open(
                    file.map { CChar(bitPattern: $0) } + [0],
                    O_CREAT | O_WRONLY,
                    0o644
                )
                try #require(number >= 0)
                close(number)
            }
            let source = try FolderSource(folder)
            #expect(source.count == 1)
            #expect(
                leftOut(source).first?.hasPrefix("2 files with names that are not UTF-8") == true
            )
            let shown = source.problems.first { $0.kind == .leftOut }?.identifier
            #expect(shown == "c\\xe9" || shown == "c\\xe8")
        }
    }

    @Test("links are followed, each folder once; circles and links to nothing are counted")
    func links() throws {
        try Samples.withFolder { folder in
            let set = folder.appending(path: "set")
            try Samples.writePictures(
                ["set/cat/a.png", "beside/b.png", "beside/c.png"],
                in: folder
            )
            let manager = FileManager.default
            for (name, target) in [
                ("set/dog", "../beside"), ("set/cat/again", "../../set"),
                ("set/cat/gone.png", "nowhere.png"), ("set/cat/l.png", "a.png"),
                ("beside/up", "../beside"), ("beside/around", "../"),
            ] {
                try manager.createSymbolicLink(
                    atPath: folder.appending(path: name).path,
                    withDestinationPath: target
                )
            }
            let source = try FolderSource(set)
            let names = (0..<source.count).map { source.record(at: $0).identifier }
            #expect(
                Set(names).isSuperset(of: ["cat/a.png", "cat/l.png"]) && names.count == 4,
                "\(names)"
            )
            #expect(leftOut(source).contains("1 link to nothing"))
            #expect(leftOut(source).contains { $0.hasSuffix("in the set already") })
        }
    }

    @Test("train and test are classes where other folders lie beside them and none below")
    func classesOfThoseNames() throws {
        for names in [["bicycle", "car", "train", "test"], ["bicycle", "car", "train"]] {
            try Samples.withFolder { folder in
                try Samples.writePictures(names.map { "\($0)/1.png" }, in: folder)
                for split in Split.allCases {
                    let source = try FolderSource(folder, split: split)
                    #expect(source.classNames == names.sorted() && source.count == names.count)
                    #expect(!source.isSplit && source.problems.isEmpty)
                }
            }
        }
    }

    @Test("what lies beside the parts, and a second folder for a part, are counted")
    func beside() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(
                ["train/a/1.png", "test/a/2.png", "val/a/3.png", "car/4.png", "5.png"],
                in: folder
            )
            let train = try FolderSource(folder, split: .train)
            let besideParts =
                "2 files beside the folders of the parts (1 in car, 1 in no folder)"
            #expect(train.classNames == ["a"] && leftOut(train) == [besideParts])
            let test = try FolderSource(folder, split: .test)
            #expect(
                leftOut(test)
                    == [besideParts, "1 file in another folder for the same part (1 in val)"]
            )
        }
    }

    @Test("findings are those of the part; what is true of the whole stays", arguments: 0..<20)
    func parts(seed: Int) throws {
        try Samples.withFolder { folder in
            let count = 20 + seed
            try Samples.writePictures((0..<count).map { "\($0).png" }, in: folder)
            let rows = (0..<count).map { "[\"\($0).png\", \($0 % 3 == 0 ? -1 - seed : 0)]" }
            try Data("{\"labels\": [\(rows.joined(separator: ","))]}".utf8)
                .write(to: folder.appending(path: "dataset.json"))
            try write(["notes.txt"], in: folder)
            let whole = try FolderSource(folder)
            var ofPictures = 0
            for split in Split.allCases {
                let part = SubsetSource(whole, split: split, fraction: 0.3)
                let names = Set((0..<part.count).map { part.record(at: $0).identifier })
                let own = part.problems.filter(\.isOfOnePicture)
                #expect(own.allSatisfy { names.contains($0.identifier) })
                #expect(leftOut(part).count == 1)
                ofPictures += own.count
            }
            #expect(ofPictures == whole.problems.count { $0.isOfOnePicture })
            #expect(ofPictures == (count + 2) / 3)
            #expect(Set(whole.labels) == [-1, 0])
        }
    }

    @Test(
        "labels that no set can have are refused with the label and the file",
        arguments: ["1099511627776", "9223372036854775807", "9223372036854775806", "65536"]
    )
    func hugeLabels(label: String) throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png", "b.png"], in: folder)
            try Data(#"{"labels": [["a.png", 0], ["b.png", \#(label)]]}"#.utf8)
                .write(to: folder.appending(path: "dataset.json"))
            let error = datasetError { _ = try FolderSource(folder) }
            #expect(error?.kind == .label, "\(String(describing: error))")
            for word in ["b.png", label, "65536 classes"] {
                #expect(error?.message.contains(word) == true, "\(word)")
            }
        }
    }

    @Test(
        "no label in a file is a trap",
        arguments: [
            "-9223372036854775808", "9223372036854775808", "1e300", "-1e300", "0.5", "true",
        ]
            + ["[1e300]", "[-9223372036854775808]", "null", "{}", "65535", "\"x\"", "1e5", "-0"]
    )
    func oddLabels(label: String) throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a.png"], in: folder)
            try Data(#"{"labels": [["a.png", \#(label)]]}"#.utf8)
                .write(to: folder.appending(path: "dataset.json"))
            do {
                let source = try FolderSource(folder)
                #expect(source.labels.allSatisfy { $0 < max(source.classNames.count, 0) })
                _ = DatasetCheck().report(on: source)
            } catch let error as DatasetError {
                #expect(error.place.hasSuffix("dataset.json") && error.message.contains("a.png"))
            }
        }
    }

    @Test("labels of bytes beyond the classes are findings and no labels")
    func bytesBeyond() throws {
        try Samples.withFolder { folder in
            try Samples.writeIDX(in: folder, count: 12, side: 2)
            let source = try IDXSource(folder: folder, split: .train, classNames: ["a", "b", "c"])
            #expect(source.labels == (0..<12).map { $0 % 10 < 3 ? $0 % 10 : -1 })
            #expect((0..<12).map { source.record(at: $0).label ?? -1 } == source.labels)
            #expect(source.problems.count == 7)
        }
    }

    @Test("every file is a picture of the set or counted", arguments: 0..<40)
    func nothingIsLost(seed: Int) throws {
        var numbers = Philox(seed: UInt64(seed), stream: 0)
        func one(of words: [String]) -> String { words[numbers.next(below: words.count)] }
        try Samples.withFolder { folder in
            var paths: Set<String> = []
            for number in 0..<(1 + numbers.next(below: 12)) {
                let folders = (0..<numbers.next(below: 4)).map { _ in
                    one(of: ["train", "test", "val", "cat", "dog", "@eaDir", "__MACOSX", "x"])
                }
                let name =
                    "\(number)" + one(of: [".png", ".PNG", ".jpg", ".psd", ".txt", "", ".gif"])
                paths.insert((folders + [name]).joined(separator: "/"))
            }
            try write(Array(paths), in: folder)
            var used: Set<String> = []
            var counted: [Finding.Kind: Int] = [:]
            do {
                for split in Split.allCases {
                    let source = try FolderSource(folder, split: split)
                    used.formUnion((0..<source.count).map { source.record(at: $0).identifier })
                    if source.problems.contains(where: { $0.kind == .leftOut }) {
                        counted[.leftOut, default: 0] += 1
                    }
                }
            } catch let error as DatasetError {
                #expect(error.kind == .missing && error.message.contains("is divided into"))
                return
            }
            #expect(used.count == paths.count || counted[.leftOut] ?? 0 > 0, "\(paths)")
        }
    }
}
