import Datasets
import Foundation
import Imaging
import Testing

@Suite("ArchiveSource")
struct ArchiveSourceTests {
    private static func png(_ seed: Int) throws -> Data {
        try Samples.picture(seed: seed).encoded(as: .png)
    }

    private static func withZip(
        _ entries: [ZipWriter.Entry],
        _ body: (URL) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            let file = folder.appending(path: "set.zip")
            let written = ZipWriter.write(entries, to: file)
            try #require(written)
            try body(file)
        }
    }

    private static func error(
        _ entries: [ZipWriter.Entry],
        limits: ArchiveLimits = .standard
    ) throws -> DatasetError? {
        var found: DatasetError?
        try withZip(entries) { file in
            found = datasetError { _ = try ArchiveSource(file, limits: limits) }
        }
        return found
    }

    @Test("folders are classes; names may be of any script; pictures can be read in any order")
    func classes() throws {
        let entries = try (0..<20).map { number in
            ZipWriter.Entry(
                "\(["狗", "cat"][number % 2])/\(number).png",
                try Self.png(number)
            )
        }
        try Self.withZip(entries + [.init("notes.txt", Data("x".utf8))]) { file in
            let source = try ArchiveSource(file)
            #expect(source.count == 20 && source.classNames == ["cat", "狗"])
            #expect(source.record(at: 2).identifier == "狗/2.png")
            #expect(source.labels == (0..<20).map { ($0 + 1) % 2 })
            for index in [19, 0, 7, 7, 3, 18] {
                #expect(try source.picture(at: index) == Samples.picture(seed: index))
            }
        }
    }

    @Test("dataset.json and a lone folder around all, as StyleGAN's tools make them")
    func labelFile() throws {
        let json = Data(#"{"labels": [["00000/a.png", 1], ["00000/b.png", 0]]}"#.utf8)
        for prefix in ["", "wrapped/"] {
            try Self.withZip([
                .init(prefix + "00000/a.png", try Self.png(1)),
                .init(prefix + "00000/b.png", try Self.png(2)),
                .init(prefix + "dataset.json", json),
            ]) { file in
                let source = try ArchiveSource(file)
                #expect(source.labels == [1, 0] && source.problems.isEmpty)
                #expect(source.record(at: 0).identifier == "00000/a.png")
                #expect(try source.picture(at: 1) == Samples.picture(seed: 2))
            }
        }
    }

    @Test("an empty folder is an empty class")
    func emptyClass() throws {
        try Self.withZip([.init("a/1.png", try Self.png(1)), .init(folder: "b/")]) { file in
            let source = try ArchiveSource(file)
            #expect(source.classNames == ["a", "b"])
            #expect(source.problems == [Finding(.emptyClass, "b", "class 1 has no picture")])
        }
    }

    @Test(
        "refuses what must not be unpacked",
        arguments: [
            ("../a.png", "leads out"), ("a/../../b.png", "leads out"),
            ("/etc/a.png", "absolute"), ("C:/a.png", "absolute"), ("..\\a.png", "leads out"),
            ("inner.zip", "archive within"), ("a/inner.TAR.GZ", "archive within"),
            ("a\u{1}.png", "control characters"),
        ]
    )
    func dangerous(path: String, message: String) throws {
        let error = try Self.error([.init("ok.png", Data([1])), .init(path, Data([1, 2]))])
        #expect(error?.kind == .unsafe)
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test("refuses links")
    func link() throws {
        let error = try Self.error([.init(link: "a.png", to: "/etc/passwd")])
        #expect(error?.kind == .unsafe && error?.message == "is a link")
    }

    @Test("refuses an archive that unpacks to more than a hundred times its size")
    func bomb() throws {
        let error = try Self.error([.init("zeros.png", Data(count: 8 << 20))])
        #expect(error?.kind == .unsafe)
        #expect(error?.message.contains("100 times") == true)
    }

    @Test("refuses more entries and bytes than the limits allow")
    func limits() throws {
        let entries = try (0..<5).map { ZipWriter.Entry("\($0).png", try Self.png($0)) }
        let size = entries[0].data.count
        var limits = ArchiveLimits.standard
        limits.maximumEntries = 4
        #expect(try Self.error(entries, limits: limits)?.message.contains("4 entries") == true)
        limits = .standard
        limits.maximumEntryBytes = size - 1
        #expect(try Self.error(entries, limits: limits)?.message.contains("at most") == true)
        limits = .standard
        limits.maximumTotalBytes = 2 * size
        #expect(try Self.error(entries, limits: limits)?.kind == .unsafe)
        limits.maximumTotalBytes = entries.reduce(0) { $0 + $1.data.count }
        #expect(try Self.error(entries, limits: limits) == nil)
    }

    @Test("two entries of one name are refused")
    func twice() throws {
        let error = try Self.error([.init("a.png", Data([1])), .init("a.png", Data([2]))])
        #expect(error?.message.contains("two entries named a.png") == true)
    }

    @Test("garbage, a file cut short and no file are errors")
    func damaged() throws {
        try Self.withZip([.init("a.png", try Self.png(1))]) { file in
            let whole = try Data(contentsOf: file)
            for data in [Data(), Data("not a zip file at all".utf8), whole.dropLast(30)] {
                try Data(data).write(to: file)
                let error = datasetError { _ = try ArchiveSource(file) }
                #expect(error?.kind == .damaged, "\(data.count) bytes")
            }
            try FileManager.default.removeItem(at: file)
            #expect(datasetError { _ = try ArchiveSource(file) }?.kind == .missing)
        }
    }

    @Test("a flipped bit in an entry, and a size that is not true, are errors of that entry")
    func flipped() throws {
        var generator = Philox(seed: 1, stream: 0)
        let noise = Data((0..<4000).map { _ in UInt8(generator.next(below: 256)) })
        try Self.withZip([.init("a.png", try Self.png(1)), .init("b.png", noise)]) { file in
            let whole = try Data(contentsOf: file)
            let middle = whole.count - 1500
            var data = whole
            data[middle] ^= 1
            try data.write(to: file)
            let source = try ArchiveSource(file)
            #expect(try source.picture(at: 0) == Samples.picture(seed: 1))
            let error = datasetError { _ = try source.picture(at: 1) }
            #expect(error?.kind == .damaged)
            #expect(error?.place.hasSuffix("set.zip:b.png") == true)
            // The size, 4000, wherever it is written.
            data = whole
            while let place = data.range(of: Data([0xA0, 0x0F, 0, 0])) {
                data.replaceSubrange(place, with: [10, 0, 0, 0])
            }
            #expect(data != whole)
            try data.write(to: file)
            let lying = try ArchiveSource(file)
            #expect(datasetError { _ = try lying.picture(at: 1) }?.kind == .damaged)
        }
    }

    @Test("a picture under a false extension is an error")
    func mislabelled() throws {
        try Self.withZip([.init("a.jpg", try Self.png(1))]) { file in
            let source = try ArchiveSource(file)
            #expect(throws: ImagingError.self) { try source.picture(at: 0) }
        }
    }

    @Test(
        "lists CIFAR-10 as a zip file of JPEG files",
        // Skipped where the data set is not beside the repository.
        .enabled(if: Samples.realData("cifar10.zip") != nil, "no cifar10.zip in ../shared/data")
    )
    func cifar() throws {
        let file = try #require(Samples.realData("cifar10.zip"))
        let train = try ArchiveSource(file, split: .train)
        let test = try ArchiveSource(file, split: .test)
        #expect(train.count == 50_000 && test.count == 10_000)
        #expect(train.classNames.count == 10 && train.classNames == test.classNames)
        #expect(Set(train.labels) == Set(0..<10) && train.problems.isEmpty)
        let picture = try train.picture(at: 49_999)
        #expect(picture.width == 32 && picture.height == 32 && picture.channels == 3)
    }
}
