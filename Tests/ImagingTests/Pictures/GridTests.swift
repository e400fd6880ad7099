import Imaging
import Settings
import Testing

@Suite struct GridTests {
    private func flat(_ value: UInt8, _ width: Int = 2, _ height: Int = 1) -> Picture {
        Picture(width: width, height: height, channels: 1, filledWith: .grey(value))
    }

    @Test func layoutIsExact() {
        let sheet = Picture.grid(
            [flat(1), flat(2), flat(3)],
            columns: 2,
            padding: 1,
            background: .grey(9)
        )
        #expect(sheet.width == 7 && sheet.height == 5 && sheet.channels == 1)
        #expect(
            sheet.samples == [
                9, 9, 9, 9, 9, 9, 9,
                9, 1, 1, 9, 2, 2, 9,
                9, 9, 9, 9, 9, 9, 9,
                9, 3, 3, 9, 9, 9, 9,
                9, 9, 9, 9, 9, 9, 9,
            ]
        )
    }

    @Test func withoutPaddingPicturesTouch() {
        let pictures = (0..<4).map { flat(UInt8($0)) }
        #expect(Picture.grid(pictures, padding: 0).samples == [0, 0, 1, 1, 2, 2, 3, 3])
        #expect(Picture.grid(pictures, columns: 4, padding: 0).samples == [0, 0, 1, 1, 2, 2, 3, 3])
        #expect(Picture.grid(pictures, columns: 4, padding: 0).height == 1)
    }

    @Test func columnsMakeItSquareUnlessGiven() {
        for (count, columns) in [(1, 1), (2, 2), (4, 2), (5, 3), (9, 3), (10, 4)] {
            let sheet = Picture.grid((0..<count).map { flat(UInt8($0), 1, 1) }, padding: 0)
            #expect(sheet.width == columns, "\(count) pictures")
        }
    }

    @Test func smallerPicturesSitInTheMiddle() {
        let sheet = Picture.grid([flat(5, 1, 1), flat(6, 3, 3)], padding: 0)
        #expect(sheet.samples == [0, 0, 0, 6, 6, 6, 0, 5, 0, 6, 6, 6, 0, 0, 0, 6, 6, 6])
    }

    @Test func kindsAreMixed() {
        let color = Picture(width: 1, height: 1, channels: 3, samples: [1, 2, 3])
        let alpha = Picture(width: 1, height: 1, channels: 2, samples: [4, 5])
        let deep = Picture(width: 1, height: 1, channels: 1, sixteenBitSamples: [300])
        #expect(
            Picture.grid([color, alpha], padding: 0).samples == [1, 2, 3, 255, 4, 4, 4, 5]
        )
        let sheet = Picture.grid([color, deep], padding: 0)
        #expect(sheet.sixteenBitSamples == [257, 514, 771, 300, 300, 300])
        let tinted = Picture.grid(
            [flat(5, 1, 1)],
            padding: 1,
            background: PictureColor(red: 1, green: 0, blue: 0)
        )
        #expect(tinted.channels == 3 && tinted[0, 0, 0] == 1 && tinted[1, 1, 2] == 5)
    }

    @Test("a sheet that would be huge shows all at a part of their size")
    func huge() {
        let whole = Picture(
            width: 4000,
            height: 4000,
            channels: 1,
            samples: [UInt8](repeating: 9, count: 16_000_000)
        )
        let sheet = Picture.grid([Picture](repeating: whole, count: 12), columns: 4)
        #expect(sheet.width == 4 * (2000 + 2) + 2 && sheet.height == 3 * (2000 + 2) + 2)
        #expect(sheet[1001, 1001, 0] == 9)
    }
}
