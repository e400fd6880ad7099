import Datasets
import Foundation
import Imaging

extension FuzzReaders {
    /// Archives and collections of pictures.
    static func sets(_ place: FuzzPlace) throws -> [FuzzReader] {
        let picture = Picture(
            width: 4,
            height: 4,
            channels: 1,
            samples: .init(repeating: 9, count: 16)
        )
        let png = Array(try picture.encoded(as: .png))
        let labels = bytes(#"{"labels": [["a/1.png", 0], ["b/2.png", 3]]}"#)
        let zips = [
            zip([("a/1.png", png), ("b/2.png", png), ("红/3.png", png)]),
            zip([("1.png", png), ("dataset.json", labels), ("train/", [])]),
            zip([("train/a/1.png", png), ("test/a/2.png", png)]),
        ]
        let idx =
            big(UInt32(0x803)) + big(UInt32(2)) + big(UInt32(4)) + big(UInt32(4))
            + [UInt8](repeating: 7, count: 32)
        let digits = big(UInt32(0x801)) + big(UInt32(2)) + [1, 9]
        let digitFile = try place.file("labels", digits)
        let folder = place.folder.appending(path: "set", directoryHint: .isDirectory)
        for name in ["a", "b"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name),
                withIntermediateDirectories: true
            )
        }
        try Data(png).write(to: folder.appending(path: "a/1.png"))
        try Data(png).write(to: folder.appending(path: "b/2.png"))
        let cifar = place.folder.appending(path: "cifar", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: cifar, withIntermediateDirectories: true)
        return [
            FuzzReader(
                "zip",
                zips,
                words: ["PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "../", "/", "\\"]
            ) {
                let source = try ArchiveSource(place.file("set.zip", $0))
                try look(source)
            },
            FuzzReader("gzip", [gzip(idx), gzip([UInt8](repeating: 0, count: 4000))]) {
                let file = try place.file("images.gz", $0)
                try look(IDXSource(pictures: file, labels: digitFile))
            },
            FuzzReader("idx", [idx, digits]) {
                let file = try place.file("images", $0)
                try look(IDXSource(pictures: file, labels: digitFile))
                _ = try? IDXSource(pictures: file, labels: place.file("own", Array($0.suffix(10))))
            },
            FuzzReader("cifar", [[3] + [UInt8](repeating: 5, count: 3072)], limit: 6146) {
                let bytes =
                    $0.count % 2 == 0
                    ? Array(($0 + [UInt8](repeating: 0, count: 3073)).prefix(3073)) : $0
                try Data(bytes).write(to: cifar.appending(path: "test_batch.bin"))
                try Data($0.prefix(90)).write(to: cifar.appending(path: "batches.meta.txt"))
                try look(CIFARSource(folder: cifar, variant: .ten, split: .test))
            },
            FuzzReader(
                "dataset-json",
                [
                    labels, bytes(#"{"labels": {"a/1.png": 1, "b/2.png": 0}}"#),
                    bytes(#"{"labels": [["a/1.png", [0, 1]], ["b/2.png", [0.5, 2]]]}"#),
                    bytes(#"{"labels": null}"#),
                ],
                words: [
                    "labels", "a/1.png", "null", "[", "]", "1e99", "-1", "\"\\u0000\"",
                    "1099511627776",
                ]
            ) {
                try Data($0).write(to: folder.appending(path: "dataset.json"))
                try look(FolderSource(folder))
            },
        ]
    }

    /// What a run looks at first.
    private static func look(_ source: some PictureSource) throws {
        for index in 0..<min(source.count, 3) {
            _ = source.record(at: index)
            _ = try? source.picture(at: index)
        }
    }

    /// A zip file whose entries are stored.
    private static func zip(_ entries: [(String, [UInt8])]) -> [UInt8] {
        var (file, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, data) in entries {
            let sizes =
                little(crc(data)) + little(UInt32(data.count)) + little(UInt32(data.count))
                + little(UInt16(name.utf8.count))
            let common =
                little(UInt16(20)) + little(UInt16(0x800)) + [0, 0, 0, 0, 0x21, 0x50] + sizes
            directory +=
                bytes("PK\u{1}\u{2}") + little(UInt16(20)) + common
                + [UInt8](repeating: 0, count: 12)
            directory += little(UInt32(file.count)) + bytes(name)
            file += bytes("PK\u{3}\u{4}") + common + [0, 0] + bytes(name) + data
        }
        let number = little(UInt16(entries.count))
        return file + directory + bytes("PK\u{5}\u{6}") + [0, 0, 0, 0] + number + number
            + little(UInt32(directory.count)) + little(UInt32(file.count)) + [0, 0]
    }

    /// A gzip file with one stored block.
    private static func gzip(_ data: [UInt8]) -> [UInt8] {
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(UInt16(data.count))
            + little(~UInt16(data.count))
            + data + little(crc(data)) + little(UInt32(data.count))
    }
}
