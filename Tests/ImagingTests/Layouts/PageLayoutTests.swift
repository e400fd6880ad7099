import Foundation
import Imaging
import Settings
import TestSupport
import Testing

/// Pages of exact sizes.
@Suite struct PageLayoutTests {
    private func disc(_ side: Int) -> Picture {
        var samples: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side {
                let (dx, dy) = (2 * x - side, 2 * y - side)
                samples += dx * dx + dy * dy < side * side ? [200, 20, 20, 255] : [0, 0, 0, 0]
            }
        }
        return Picture(width: side, height: side, channels: 4, samples: samples)
    }

    @Test(
        "every page has its size, and nothing but its ground in the bleed",
        arguments: 1...40 as ClosedRange<UInt64>
    )
    func sizes(seed: UInt64) throws {
        var chance = SeededChance(seed)
        var layout = PageLayout(
            width: Int.random(in: 16...400, using: &chance),
            height: Int.random(in: 16...400, using: &chance)
        )
        layout.bleed = Int.random(in: 0...20, using: &chance)
        layout.text =
            ["", "Sale", "Fresh fruit every day of the year", "a b"][
                Int.random(in: 0...3, using: &chance)
            ]
        layout.place = PageLayout.Place.allCases.randomElement(using: &chance) ?? .top
        layout.background = PictureColor(red: 10, green: 60, blue: 240)
        let page = try layout.page(with: disc(64))
        #expect(page.width == layout.width + 2 * layout.bleed)
        #expect(page.height == layout.height + 2 * layout.bleed)
        #expect(page.channels == 3)
        #expect(try layout.page(with: disc(64)) == page)
        for y in 0..<page.height {
            for x in 0..<page.width
            where x < layout.bleed || y < layout.bleed || x >= page.width - layout.bleed
                || y >= page.height - layout.bleed
            {
                #expect(page[x, y, 0] == 10 && page[x, y, 2] == 240)
            }
        }
    }

    @Test func picturesWithoutTransparencyReachTheEdgeOfThePaper() throws {
        var layout = PageLayout(width: 100, height: 60)
        layout.bleed = 5
        let picture = Picture(width: 7, height: 30, channels: 3, filledWith: .black)
        let page = try layout.page(with: picture)
        #expect(page == Picture(width: 110, height: 70, channels: 3, filledWith: .black))
        layout.text = "Words"
        layout.place = .over
        let over = try layout.page(with: picture)
        // White words on black, in the lower part alone.
        #expect((0..<45).allSatisfy { y in (0..<110).allSatisfy { over[$0, y, 0] == 0 } })
        #expect((45..<70).contains { y in (0..<110).contains { over[$0, y, 0] > 200 } })
    }

    @Test func wordsStandOutAndStayInTheirPart() throws {
        for (ground, isBlack) in [(PictureColor.white, true), (.black, false)] {
            for place in PageLayout.Place.allCases where place != .over {
                var layout = PageLayout(width: 300, height: 300)
                (layout.background, layout.text, layout.place) = (ground, "Half price today", place)
                let clear = Picture(width: 8, height: 8, channels: 4, filledWith: .clear)
                let page = try layout.page(with: clear)
                var ink = 0
                for y in 0..<300 {
                    for x in 0..<300 where page[x, y, 0] != page[0, 0, 0] {
                        ink += 1
                        let isInside =
                            switch place {
                            case .top: y < 90
                            case .bottom: y >= 210
                            case .left: x < 120
                            default: x >= 180
                            }
                        #expect(isInside && (9..<291).contains(x) && (9..<291).contains(y))
                    }
                }
                #expect(ink > 300, "\(place)")
                #expect(page.samples.contains(isBlack ? 0 : 255))
            }
        }
    }
}
