import Datasets
import Foundation
import Imaging
import Testing

@Suite("PictureCache")
struct PictureCacheTests {
    private static let options = CacheOptions(width: 4, height: 4, channels: 1)

    private static func withSource(
        _ body: (IDXSource, URL, Notices) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            try Samples.writeIDX(in: folder, count: 1500, side: 4)
            let source = try IDXSource(folder: folder, split: .train, name: "tiny")
            try body(source, folder.appending(path: "cache"), Notices(in: folder))
        }
    }

    @Test("holds the pictures, labels and records of its source in order")
    func roundTrip() throws {
        try Self.withSource { source, folder, notices in
            let cache = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            #expect(cache.count == 1500 && cache.wasMade)
            #expect(cache.labels == source.labels)
            #expect(cache.classNames == source.classNames)
            for index in [0, 1, 63, 64, 511, 512, 1499] {
                #expect(cache.picture(at: index) == (try source.picture(at: index)))
                #expect(try cache.record(at: index) == source.record(at: index))
            }
            let batch = cache.batch(3..<6)
            #expect(batch.labels == [3, 4, 5] && batch.indices == [3, 4, 5])
            #expect(batch.pixels == (3..<6).flatMap { cache.picture(at: $0).samples })
            let again = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            #expect(!again.wasMade && again.file == cache.file)
            #expect(notices.text.split(separator: "\n").count == 1)
        }
    }

    @Test("makes a damaged file again, wherever the byte is, and says so")
    func damaged() throws {
        try Self.withSource { source, folder, notices in
            let first = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            let whole = try Data(contentsOf: first.file)
            let pixels = 4096..<(4096 + 1500 * 16)
            let places =
                [0, 9, 17, 25, 33, pixels.lowerBound, pixels.upperBound - 1]
                + [pixels.upperBound, pixels.upperBound + 6100, whole.count - 40]
            for place in places {
                var data = whole
                data[place] ^= 0x10
                try data.write(to: first.file)
                let cache = try PictureCache.open(
                    source,
                    options: Self.options,
                    folder: folder,
                    notice: notices.add
                )
                #expect(cache.wasMade, "byte \(place)")
                #expect(try Data(contentsOf: cache.file) == whole, "byte \(place)")
            }
            #expect(notices.text.contains("made again"))
            #expect(notices.text.contains("checksum"))
        }
    }

    @Test("makes a file that was cut short again", arguments: [0, 10, 4096, 20_000, 36_000])
    func cutShort(length: Int) throws {
        try Self.withSource { source, folder, notices in
            let first = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            let whole = try Data(contentsOf: first.file)
            try #require(length < whole.count)
            try whole.prefix(length).write(to: first.file)
            let cache = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            #expect(cache.wasMade)
            #expect(try Data(contentsOf: cache.file) == whole)
        }
    }

    @Test("makes a file again when the data it was made from has changed")
    func stale() throws {
        try Self.withSource { source, folder, notices in
            let first = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            let data = folder.deletingLastPathComponent()
            try Samples.writeIDX(in: data, count: 700, side: 4)
            let changed = try IDXSource(folder: data, split: .train, name: "tiny")
            let second = try PictureCache.open(
                changed,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            #expect(second.wasMade && second.count == 700)
            #expect(second.file == first.file)
            #expect(notices.text.contains("have changed"))
            // The first one still has its own pages: files are replaced, never overwritten.
            #expect(first.picture(at: 1499) == (try source.picture(at: 1499)))
        }
    }

    @Test("keeps one file for each size, and leaves nothing else behind")
    func sizes() throws {
        try Self.withSource { source, folder, notices in
            let small = try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            )
            let orphan = folder.appending(path: ".\(small.file.lastPathComponent).abc.tmp")
            try Data([1]).write(to: orphan)
            let rgb = try PictureCache.open(
                source,
                options: CacheOptions(width: 4, height: 4, channels: 3),
                folder: folder,
                notice: notices.add
            )
            #expect(rgb.file != small.file && rgb.bytesPerPicture == 48)
            let grey = small.picture(at: 3).samples
            #expect(rgb.picture(at: 3).samples == grey.flatMap { [$0, $0, $0] })
            try FileManager.default.removeItem(at: small.file)
            try PictureCache.open(
                source,
                options: Self.options,
                folder: folder,
                notice: notices.add
            ).withPixels(at: 0) { #expect($0.load(as: UInt8.self) == grey.first.map { _ in 0 }) }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.filter { $0.hasSuffix(".tmp") }.isEmpty)
            #expect(names.filter { $0.hasSuffix(".pictures") }.count == 2)
        }
    }

    @Test("is made once when several open it at the same time")
    func concurrent() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "atelier-datasets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Samples.writeIDX(in: folder, count: 1500, side: 4)
        let source = try IDXSource(folder: folder, split: .train, name: "tiny")
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try PictureCache.open(
                        source,
                        options: Self.options,
                        folder: folder.appending(path: "cache"),
                        notice: { _ in }
                    ).wasMade
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(made == 1)
    }

    @Test("refuses sizes, channels and folders that cannot be")
    func refused() throws {
        try Self.withSource { source, folder, _ in
            for options in [
                CacheOptions(width: 0, height: 4, channels: 1),
                CacheOptions(width: 4, height: 20_000, channels: 1),
                CacheOptions(width: 4, height: 4, channels: 5),
            ] {
                let error = datasetError {
                    _ = try PictureCache.open(source, options: options, folder: folder)
                }
                #expect(error?.kind == .request)
            }
            try Data("a file".utf8).write(to: folder)
            let error = datasetError {
                _ = try PictureCache.open(
                    source,
                    options: Self.options,
                    folder: folder,
                    notice: { _ in }
                )
            }
            #expect(error?.kind == .unwritable)
            #expect(error?.cure.contains("ATELIER_CACHE") == true)
        }
    }
}
