import Datasets
import Foundation
import Imaging
import Settings
import Testing

/// Pairs made of a set's pictures.
@Suite("PairSource")
struct PairSourceTests {
    private let options = CacheOptions(width: 8, height: 6, channels: 3, fit: .stretch)

    private func pairs(
        _ folder: URL,
        _ pairs: PicturePairs,
        split: Split = .train
    ) throws -> any PictureSource {
        try PairSource.open(
            DatasetCatalog().open("folder", path: folder.path, split: split),
            pairs,
            split: split,
            options: options
        )
    }

    /// The upper and the lower half.
    private func halves(_ picture: Picture) -> [Picture] {
        [0, 6].map { picture.cropped(x: 0, y: $0, width: 8, height: 6) }
    }

    @Test("a style is drawn below the picture as it is, or above")
    func styles() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(
                (0..<4).map { "train/\($0).png" } + ["test/a.png"],
                in: folder
            )
            let plain = try DatasetCatalog().open("folder", path: folder.path)
            let fitted = try plain.picture(at: 2).converted(channels: 3)
                .resized(width: 8, height: 6, fit: .stretch)
            let styled = try PictureStyle.pencil.applied(to: fitted)
            let there = try pairs(folder, PicturePairs(to: "pencil sketch"))
            #expect(there.count == 4 && there.labels == [-1, -1, -1, -1])
            #expect(halves(try there.picture(at: 2)) == [fitted, styled])
            let back = try pairs(folder, PicturePairs(from: "pencil"))
            #expect(halves(try back.picture(at: 2)) == [styled, fitted])
            #expect(there.origin.identity != back.origin.identity)
            #expect(try pairs(folder, PicturePairs(to: "oil"), split: .test).count == 1)
        }
    }

    @Test("files of two classes are matched by their names, and both are in one part")
    func matchedClasses() throws {
        try Samples.withFolder { folder in
            let names = (0..<60).map { "\($0)" }
            try Samples.writePictures(
                names.map { "day/\($0).png" } + names.dropLast(2).map { "night/\($0).jpg" },
                in: folder
            )
            let wish = PicturePairs(from: "day", to: "night")
            let train = try pairs(folder, wish)
            let test = try pairs(folder, wish, split: .test)
            let found = [train, test].map { source in
                Set((0..<source.count).map { source.record(at: $0).identifier })
            }
            #expect(found[0].union(found[1]) == Set(names.dropLast(2)))
            #expect(found[0].isDisjoint(with: found[1]) && !found[1].isEmpty)
            #expect(train.problems.contains { $0.message.hasPrefix("2 pictures have no partner") })
            let day = try Picture(contentsOf: folder.appending(path: "day/7.png"))
                .converted(channels: 3).resized(width: 8, height: 6, fit: .stretch)
            let all = train.count + test.count
            #expect(all == 58)
            let (source, names7) = found[0].contains("7") ? (train, 0) : (test, 1)
            #expect(names7 < 2)
            let index = try #require(
                (0..<source.count).first { source.record(at: $0).identifier == "7" }
            )
            #expect(halves(try source.picture(at: index))[0] == day)
        }
    }

    @Test("without matching, classes of different sizes meet, and no picture is on both sides")
    func unmatched() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(
                (0..<5).map { "train/day/\($0).png" }
                    + (0..<3).map { "train/night/\($0 + 50).png" },
                in: folder
            )
            let classes = try pairs(folder, PicturePairs(from: "day", to: "night", matched: false))
            #expect(classes.count == 5)
            #expect(classes.record(at: 4).identifier == "train/day/4.png | train/night/51.png")
            let style = try pairs(folder, PicturePairs(to: "neon", matched: false))
            let sides = (0..<style.count).map {
                style.record(at: $0).identifier.components(separatedBy: " | ")
            }
            let (firsts, seconds) = (Set(sides.map { $0[0] }), Set(sides.map { $0[1] }))
            #expect(firsts.isDisjoint(with: seconds) && firsts.union(seconds).count == 8)
        }
    }

    @Test("what finds no pair, and sides that nothing is called, are errors that say what to do")
    func refusals() throws {
        try Samples.withFolder { folder in
            try Samples.writePictures(["a/1.png", "b/2.png"], in: folder)
            let none = #expect(throws: DatasetError.self) {
                try pairs(folder, PicturePairs(from: "a", to: "b"))
            }
            #expect(none?.kind == .missing && none?.cure.contains("matched=false") == true)
            let unknown = #expect(throws: DatasetError.self) {
                try pairs(folder, PicturePairs(from: "a", to: "night"))
            }
            #expect(unknown?.kind == .request && unknown?.place.contains("'night'") == true)
        }
    }

    @Test("scenes stand in the places that are asked for, and in the same ones at every opening")
    func scenes() throws {
        let wanted = ProcessInfo.processInfo.environment["ATELIER_SCENES"] == "1"
        guard wanted, DatasetCatalog().isHere(.scenes) else {
            print("skipped: decoding all of the set takes minutes; ATELIER_SCENES=1 does it")
            return
        }
        let source = try DatasetCatalog().open("scenes", pixels: 32)
        let options = CacheOptions(width: 32, height: 32, channels: 3)
        let pairs = try PairSource.open(
            source,
            PicturePairs(from: "sky", to: "night"),
            split: .train,
            options: options
        )
        #expect(pairs.count > 1000 && pairs.count < source.count)
        let picture = try pairs.picture(at: 3)
        #expect(try pairs.picture(at: 3) == picture)
        func light(_ top: Int) -> Int {
            let part = picture.cropped(x: 0, y: top, width: 32, height: 32)
            return part.samples.reduce(0) { $0 + Int($1) }
        }
        #expect(light(0) > light(32) * 3 / 2)
    }
}
