import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct ColorTests {
    private let palette = PNGBuilder.chunk("PLTE", [255, 0, 0, 0, 255, 0, 10, 20, 30])

    @Test func palettesBecomeColors() throws {
        // Two bits a pixel: 2, 1, 0, 2.
        let data = PNGBuilder.picture(
            4,
            1,
            depth: 2,
            color: 3,
            rows: [0, 0b10_01_00_10],
            extra: palette
        )
        let picture = try Picture(decoding: data, name: "palette.png")
        #expect(picture.channels == 3 && picture.depth == .eight)
        #expect(picture.samples == [10, 20, 30, 0, 255, 0, 255, 0, 0, 10, 20, 30])
    }

    @Test func palettesWithAlphaKeepIt() throws {
        let data = PNGBuilder.picture(
            3,
            1,
            color: 3,
            rows: [0, 0, 1, 2],
            extra: palette + PNGBuilder.chunk("tRNS", [0, 128])
        )
        let picture = try Picture(decoding: data, name: "palette.png")
        #expect(picture.samples == [255, 0, 0, 0, 0, 255, 0, 128, 10, 20, 30, 255])
    }

    @Test(arguments: [(UInt8(1), UInt8(0b1010_0000)), (2, 0b1100_1100), (4, 0xF0)])
    func greyOfFewBitsIsStretched(depth: UInt8, row: UInt8) throws {
        let data = PNGBuilder.picture(2, 1, depth: depth, color: 0, rows: [0, row])
        let picture = try Picture(decoding: data, name: "grey.png")
        #expect(picture.samples == [255, 0])
    }

    @Test func sixteenBitsKeepTheirOrder() throws {
        let data = PNGBuilder.picture(2, 1, depth: 16, color: 0, rows: [0, 0x12, 0x34, 0, 1])
        let picture = try Picture(decoding: data, name: "deep.png")
        #expect(picture.depth == .sixteen)
        #expect(picture.sixteenBitSamples == [0x1234, 1])
        #expect(picture[0, 0, 0] == 0x1234)
    }

    @Test func printColorsBecomeRGB() throws {
        let data = try #require(PictureFixtures.printed)
        let header = try ImageHeader.read(data, name: "cmyk.jpg")
        #expect(header.channels == 3)
        let picture = try Picture(decoding: data, name: "cmyk.jpg")
        #expect(picture.channels == 3)
        #expect(picture[3, 3, 0] > 180)
        #expect(picture[3, 3, 1] < 70 && picture[3, 3, 2] < 80)
    }

    @Test func profilesAreApplied() throws {
        let data = try #require(PictureFixtures.wideGamut)
        let picture = try Picture(decoding: data, name: "p3.png")
        #expect(abs(picture[0, 0, 0] - 215) <= 2)
        #expect(abs(picture[0, 0, 1] - 93) <= 2)
        #expect(abs(picture[0, 0, 2] - 32) <= 3)
    }

    @Test(arguments: 1...8) func turnedPicturesComeUpright(orientation: Int) throws {
        let picture = Sample.gradient(width: 48, height: 32)
        let data = try Sample.jpeg(picture, orientation: UInt8(orientation))
        let upright: Picture =
            switch orientation {
            case 2: picture.flippedHorizontally()
            case 3: picture.rotated(quarterTurns: 2)
            case 4: picture.flippedVertically()
            case 5: picture.rotated(quarterTurns: 1).flippedHorizontally()
            case 6: picture.rotated(quarterTurns: 1)
            case 7: picture.rotated(quarterTurns: -1).flippedHorizontally()
            case 8: picture.rotated(quarterTurns: -1)
            default: picture
            }
        let header = try ImageHeader.read(data, name: "turned.jpg")
        let decoded = try Picture(decoding: data, name: "turned.jpg")
        #expect(header.orientation == orientation)
        #expect(header.width == upright.width && header.height == upright.height)
        #expect(decoded.width == upright.width)
        #expect(Sample.difference(decoded, upright) < 2)
    }
}
