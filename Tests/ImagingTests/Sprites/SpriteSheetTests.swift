import Foundation
import Imaging
import TestSupport
import Testing

/// Sheets of sprites: nothing overlaps, nothing is lost, nothing is there twice.
@Suite struct SpriteSheetTests {
    /// A picture of chance with a clear border of chance.
    private func picture(_ chance: inout SeededChance) -> Picture {
        let (width, height) = (
            Int.random(in: 1...24, using: &chance), Int.random(in: 1...24, using: &chance)
        )
        let channels = Int.random(in: 1...4, using: &chance)
        let border = Int.random(in: 0...4, using: &chance)
        var samples: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let isInside =
                    (border..<max(width - border, border)).contains(x)
                    && (border..<max(height - border, border)).contains(y)
                for channel in 0..<channels {
                    let isAlpha = channels.isMultiple(of: 2) && channel == channels - 1
                    samples.append(
                        isAlpha && !isInside ? 0 : UInt8.random(in: 1...255, using: &chance)
                    )
                }
            }
        }
        return Picture(width: width, height: height, channels: channels, samples: samples)
    }

    @Test(
        "every sprite is on the sheet as it was, apart from all others",
        arguments: 1...60 as ClosedRange<UInt64>
    )
    func nothingIsLost(seed: UInt64) throws {
        var chance = SeededChance(seed)
        let count = Int.random(in: 1...40, using: &chance)
        var sprites = (0..<count).map { ("s\($0).png", picture(&chance)) }
        if count > 2 { sprites[count - 1].1 = sprites[0].1 }
        var options = SpriteSheet.Options()
        options.padding = Int.random(in: 0...5, using: &chance)
        options.extrusion = Int.random(in: 0...3, using: &chance)
        options.trims = seed % 2 == 0
        options.isPowerOfTwo = seed % 3 == 0
        let sheet = try SpriteSheet(sprites, options)
        #expect(try SpriteSheet(sprites, options) == sheet)
        #expect(sheet.frames.map(\.name) == sprites.map(\.0))
        if options.isPowerOfTwo {
            for side in [sheet.picture.width, sheet.picture.height] {
                #expect(side & (side - 1) == 0)
            }
        }
        var taken: [SpriteSheet.PixelRect] = []
        for (frame, (_, picture)) in zip(sheet.frames, sprites) {
            let (place, shown) = (frame.place, frame.shown)
            #expect(frame.source == (picture.width, picture.height))
            #expect(place.width == shown.width && place.height == shown.height)
            if !options.trims { #expect(shown.width == picture.width && shown.x == 0) }
            let room = options.padding + options.extrusion
            #expect(place.x >= room && place.y >= room)
            #expect(place.x + place.width + room <= sheet.picture.width)
            #expect(place.y + place.height + room <= sheet.picture.height)
            let whole = picture.converted(channels: 4)
            #expect(
                sheet.picture.cropped(
                    x: place.x,
                    y: place.y,
                    width: place.width,
                    height: place.height
                ) == whole.cropped(x: shown.x, y: shown.y, width: shown.width, height: shown.height)
            )
            // What was cut off was clear.
            for y in 0..<picture.height {
                for x in 0..<picture.width
                where !(shown.x..<shown.x + shown.width).contains(x)
                    || !(shown.y..<shown.y + shown.height).contains(y)
                {
                    #expect(whole[x, y, 3] == 0)
                }
            }
            if !taken.contains(place) { taken.append(place) }
        }
        let apart = options.padding + 2 * options.extrusion
        for (number, a) in taken.enumerated() {
            for b in taken[..<number] {
                let isApart =
                    a.x + a.width + apart <= b.x || b.x + b.width + apart <= a.x
                    || a.y + a.height + apart <= b.y || b.y + b.height + apart <= a.y
                #expect(isApart, "\(a) and \(b)")
            }
        }
        let area = taken.reduce(0) { $0 + ($1.width + apart) * ($1.height + apart) }
        let whole = sheet.picture.width * sheet.picture.height
        if count > 20, !options.isPowerOfTwo { #expect(Double(area) / Double(whole) > 0.6) }
    }

    @Test func equalSpritesLieThereOnceAndNamesAreTold() throws {
        let red = Picture(width: 8, height: 4, channels: 3, filledWith: .white)
        let sheet = try SpriteSheet([("a.png", red), ("b.png", red), ("a.png", red)])
        #expect(Set(sheet.frames.map(\.place.x)).count == 1)
        #expect(sheet.frames.map(\.name) == ["a.png", "b.png", "a-2.png"])
        let clear = Picture(width: 9, height: 9, channels: 4, filledWith: .clear)
        let empty = try SpriteSheet([("nothing.png", clear)])
        #expect(empty.frames[0].place.width == 1 && empty.frames[0].source == (9, 9))
    }

    @Test func whatDoesNotFitIsRefused() {
        var options = SpriteSheet.Options()
        options.longestSide = 32
        let large = Picture(width: 31, height: 31, channels: 1, filledWith: .white)
        #expect(throws: ImagingError.self) { try SpriteSheet([("a", large)], options) }
        #expect(throws: ImagingError.self) { try SpriteSheet([]) }
        options.padding = 0
        #expect(throws: Never.self) { try SpriteSheet([("a", large)], options) }
    }

    @Test func theTableHasTheFormThatGamesRead() throws {
        let names = ["walk-2.png", "walk-10.png", "walk-1.png", "tree.png", "7.png", "8.png"]
        let sprites = names.enumerated().map { number, name in
            (name, Picture(width: 3 + number, height: 2, channels: 4, filledWith: .white))
        }
        let sheet = try SpriteSheet(sprites)
        let data = try sheet.json(image: "sheet.png", milliseconds: 80)
        let table = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let frames = try #require(table["frames"] as? [String: [String: Any]])
        #expect(Set(frames.keys) == Set(names))
        #expect(frames["tree.png"]?["duration"] as? Int == 80)
        #expect((frames["tree.png"]?["sourceSize"] as? [String: Int]) == ["w": 6, "h": 2])
        let animations = try #require(table["animations"] as? [String: [String]])
        #expect(
            animations == [
                "walk": ["walk-1.png", "walk-2.png", "walk-10.png"], "frames": ["7.png", "8.png"],
            ]
        )
        let meta = try #require(table["meta"] as? [String: Any])
        #expect(meta["image"] as? String == "sheet.png" && meta["scale"] as? String == "1")
    }
}
