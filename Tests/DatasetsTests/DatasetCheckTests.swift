import Datasets
import Foundation
import Imaging
import Testing

@Suite("DatasetCheck")
struct DatasetCheckTests {
    /// Four good pictures, then a duplicate, a corrupt one, an empty one, a small one.
    private static func withDefects(_ body: (URL) throws -> Void) throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a/1.png", "a/2.png", "b/3.png", "b/4.png"], in: folder)
            try FileManager.default.copyItem(
                at: folder.appending(path: "a/2.png"),
                to: folder.appending(path: "b/5.png")
            )
            let png = try Data(contentsOf: folder.appending(path: "a/1.png"))
            try png.prefix(png.count / 2).write(to: folder.appending(path: "b/6.png"))
            try Data().write(to: folder.appending(path: "b/7.png"))
            try Samples.ramp(width: 3, height: 5, channels: 1).encoded(as: .png)
                .write(to: folder.appending(path: "b/8.png"))
            try FileManager.default.createDirectory(
                at: folder.appending(path: "c"),
                withIntermediateDirectories: true
            )
            try body(folder)
        }
    }

    @Test("lists every defect by name, in order, and counts the rest")
    func everything() throws {
        try Self.withDefects { folder in
            let report = DatasetCheck(minimumSide: 4).report(on: try FolderSource(folder))
            #expect(
                report.findings.map(\.kind)
                    == [.emptyClass, .duplicate, .corrupt, .corrupt, .tooSmall]
            )
            #expect(
                report.findings.map(\.identifier)
                    == ["c", "b/5.png", "b/6.png", "b/7.png", "b/8.png"]
            )
            #expect(report.findings[1].message.contains("a/2.png"))
            #expect(report.pictures == 8 && report.checked == 8 && report.readable == 6)
            #expect(report.classCounts == [2, 6, 0])
            #expect(report.widths?.least == 3 && report.widths?.most == 6)
            #expect(report.channelCounts == [1, 0, 5, 0])
            #expect(!report.isClean)
            let error = datasetError { try report.requireClean() }
            #expect(error?.kind == .damaged && error?.message.contains("5 findings") == true)
            let text = report.description
            #expect(text.contains("2 corrupt") && text.contains("corrupt: b/6.png"))
        }
    }

    @Test("stops at the first finding when told")
    func stops() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["1.png", "2.png", "3.png"], in: folder)
            try Data("junk".utf8).write(to: folder.appending(path: "2.png"))
            let report = DatasetCheck(stopsAtFirst: true).report(on: try FolderSource(folder))
            #expect(report.findings.map(\.identifier) == ["2.png"])
            #expect(report.checked == 2)
        }
    }

    @Test("a clean set is clean, and the report survives JSON")
    func clean() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["1.png", "2.png", "3.png"], in: folder)
            let report = DatasetCheck(minimumSide: 5).report(on: try FolderSource(folder))
            #expect(report.isClean && report.unlabelled == 3)
            try report.requireClean()
            let data = try JSONEncoder().encode(report)
            #expect(try JSONDecoder().decode(DatasetReport.self, from: data) == report)
        }
    }

    @Test("the cache stops at a damaged picture, or leaves it out and says so")
    func cache() throws {
        try Self.withDefects { folder in
            let source = try FolderSource(folder)
            let notices = Notices(in: folder)
            var options = CacheOptions(width: 4, height: 4, channels: 3)
            let cacheFolder = folder.appending(path: ".cache")
            #expect(throws: ImagingError.self) {
                try PictureCache.open(
                    source,
                    options: options,
                    folder: cacheFolder,
                    notice: notices.add
                )
            }
            options.damage = .skip
            let cache = try PictureCache.open(
                source,
                options: options,
                folder: cacheFolder,
                notice: notices.add
            )
            #expect(cache.count == 6 && cache.labels == [0, 0, 1, 1, 1, 1])
            #expect(cache.skipped.map(\.identifier) == ["b/6.png", "b/7.png"])
            #expect(try cache.record(at: 5).identifier == "b/8.png")
            #expect(notices.text.contains("2 pictures"))
        }
    }

    @Test("the cache fits pictures of any shape, depth and channels")
    func fits() throws {
        try Samples.withFolder { folder in
            let row: [UInt8] = (0..<12).flatMap { column -> [UInt8] in
                column < 4 ? [200, 0, 0, 255] : [0, 0, 100, 0]
            }
            let wide = Picture(
                width: 12,
                height: 4,
                channels: 4,
                depth: .eight,
                samples: row + row + row + row
            )
            try wide.encoded(as: .png).write(to: folder.appending(path: "wide.png"))
            let source = try FolderSource(folder)
            func picture(_ options: CacheOptions) throws -> Picture {
                try PictureCache.open(
                    source,
                    options: options,
                    folder: folder.appending(path: ".cache"),
                    notice: { _ in }
                ).picture(at: 0)
            }
            let cover = try picture(CacheOptions(width: 4, height: 4, channels: 3))
            // The middle of it is clear, and lies on white.
            #expect(cover.samples == [UInt8](repeating: 255, count: 48))
            var options = CacheOptions(width: 12, height: 12, channels: 4, fit: .contain)
            let contained = try picture(options)
            #expect(contained[0, 0, 3] == 0 && contained[0, 11, 3] == 0)
            #expect(contained[0, 6, 3] == 255 && contained[0, 6, 0] == 200)
            options.channels = 1
            options.background = .black
            let grey = try picture(options)
            #expect(grey[0, 0, 0] == 0 && (50...70).contains(grey[0, 6, 0]))
        }
    }
}
