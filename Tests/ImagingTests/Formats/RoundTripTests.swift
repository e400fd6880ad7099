import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: [1, 2, 3, 4], SampleDepth.allCases)
    func pngKeepsEverySample(channels: Int, depth: SampleDepth) throws {
        let picture = Sample.noise(channels: channels, depth: depth)
        for compression in [0, 6, 9] {
            let data = try picture.encoded(as: .png(compression: compression))
            #expect(try Picture(decoding: data, name: "noise.png") == picture)
        }
    }

    @Test(arguments: [1, 2, 3, 4], SampleDepth.allCases)
    func tiffKeepsEverySample(channels: Int, depth: SampleDepth) throws {
        let picture = Sample.noise(channels: channels, depth: depth)
        let data = try picture.encoded(as: .tiff)
        #expect(try Picture(decoding: data, name: "noise.tif") == picture)
    }

    @Test(arguments: [3, 4]) func losslessWebPKeepsEverySample(channels: Int) throws {
        // No alpha of 0: older versions of libvips lose the colour beneath.
        let noise = Sample.noise(channels: channels)
        let picture = Picture(
            width: noise.width,
            height: noise.height,
            channels: channels,
            samples: noise.samples.map { max($0, 1) }
        )
        let data = try picture.encoded(as: .losslessWebP)
        #expect(try Picture(decoding: data, name: "noise.webp") == picture)
    }

    @Test(arguments: [PictureEncoding.jpeg(quality: 95), .webp(quality: 95)])
    func lossyFormatsComeClose(encoding: PictureEncoding) throws {
        let picture = Sample.gradient()
        let decoded = try Picture(decoding: picture.encoded(as: encoding), name: "gradient")
        #expect(decoded.channels == 3)
        #expect(Sample.difference(decoded, picture) < 2)
        let flipped = picture.flippedHorizontally()
        #expect(Sample.difference(decoded, flipped) > 20)
    }

    @Test func qualityAndCompressionMatter() throws {
        let picture = Sample.noise(width: 64, height: 64)
        let good = try picture.encoded(as: .jpeg(quality: 95)).count
        let poor = try picture.encoded(as: .jpeg(quality: 20)).count
        #expect(poor < good / 2)
        let smooth = Sample.gradient(width: 256, height: 256)
        let stored = try smooth.encoded(as: .png(compression: 0)).count
        let packed = try smooth.encoded(as: .png(compression: 9)).count
        #expect(packed < stored / 4)
    }

    @Test func jpegLaysAlphaOverWhiteAndKeepsGrey() throws {
        let clear = Picture(width: 16, height: 16, channels: 4, filledWith: .clear)
        let decoded = try Picture(decoding: clear.encoded(as: .jpeg), name: "clear.jpg")
        #expect(decoded == Picture(width: 16, height: 16, channels: 3, filledWith: .white))
        let grey = Picture(width: 16, height: 16, channels: 1, filledWith: .grey(77))
        #expect(try Picture(decoding: grey.encoded(as: .jpeg), name: "grey.jpg") == grey)
        let deep = grey.converted(depth: .sixteen)
        #expect(try Picture(decoding: deep.encoded(as: .jpeg), name: "deep.jpg") == grey)
    }

    @Test func gifGivesItsFirstFrame() throws {
        let data = try #require(PictureFixtures.animation)
        let picture = try Picture(decoding: data, name: "two.gif")
        let header = try ImageHeader.read(data, name: "two.gif")
        #expect(picture.width == 4 && picture.height == 3)
        #expect(header.pages == 2 && header.format == .gif)
        let row: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 0, 0]]
        let expected = Array(repeating: row.flatMap { $0 }, count: 3).flatMap { $0 }
        #expect(picture.converted(channels: 3).samples == expected)
    }

    @Test func gifIsNotWritten() {
        #expect(PictureEncoding(fileExtension: "gif") == nil)
        #expect(PictureEncoding(fileExtension: "JPEG")?.format == .jpeg)
    }
}
