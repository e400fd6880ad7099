import Foundation
import Imaging
import Testing

@Suite struct DecodingLimitsTests {
    private func failure(_ data: Data, _ limits: DecodingLimits) -> ImagingError? {
        Sample.error { try Picture(decoding: data, name: "x", limits: limits) }
    }

    @Test(arguments: [PictureEncoding.png, .jpeg, .webp, .tiff])
    func sidesPixelsAndBytesAreBounded(encoding: PictureEncoding) throws {
        let data = try Sample.noise(width: 30, height: 20).encoded(as: encoding)
        var limits = DecodingLimits.standard
        limits.maximumSide = 29
        #expect(
            failure(data, limits)
                == .tooLarge(name: "x", what: "pixels wide", found: 30, limit: 29)
        )
        limits.maximumSide = 30
        limits.maximumPixels = 599
        #expect(
            failure(data, limits) == .tooLarge(name: "x", what: "pixels", found: 600, limit: 599)
        )
        limits.maximumPixels = 600
        limits.maximumBytes = data.count - 1
        #expect(
            failure(data, limits)
                == .tooLarge(
                    name: "x",
                    what: "bytes",
                    found: data.count,
                    limit: data.count - 1
                )
        )
        limits.maximumBytes = data.count
        #expect(failure(data, limits) == nil)
    }

    @Test func formatsAreAllowedByList() throws {
        let data = try Sample.noise().encoded(as: .tiff)
        #expect(
            failure(data, .upload)
                == .forbiddenFormat(name: "x", found: .tiff, allowed: [.png, .jpeg, .webp])
        )
    }

    @Test func uploadsHoldOnePictureAndNothingElse() throws {
        let data = try Sample.noise().encoded(as: .png)
        let trailing = data + Data("hello".utf8)
        #expect(failure(trailing, .standard) == nil)
        #expect(failure(trailing, .upload) != nil)
        let animated = PNGBuilder.picture(
            1,
            1,
            color: 0,
            rows: [0, 7],
            extra: PNGBuilder.chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0])
        )
        #expect(failure(animated, .standard) == nil)
        guard case .unsupported = failure(animated, .upload) else {
            Issue.record("expected an animation to be refused")
            return
        }
    }

    @Test func chunksAreCounted() throws {
        var limits = DecodingLimits.standard
        limits.maximumChunks = 20
        let many = (0..<30).flatMap { _ in PNGBuilder.chunk("teSt", []) }
        let data = PNGBuilder.picture(1, 1, color: 0, rows: [0, 7], extra: many)
        #expect(
            failure(data, limits) == .tooLarge(name: "x", what: "chunks", found: 21, limit: 20)
        )
        #expect(failure(data, .standard) == nil)
    }

    @Test func scansAreCounted() throws {
        let data = try Sample.noise().encoded(as: .jpeg)
        var limits = DecodingLimits.standard
        limits.maximumScans = 0
        #expect(
            failure(data, limits) == .tooLarge(name: "x", what: "scans", found: 1, limit: 0)
        )
    }

    @Test func headersAreReadWithoutDecoding() throws {
        for encoding in [PictureEncoding.png, .tiff] {
            let data = try Sample.noise(width: 7, height: 9, channels: 4, depth: .sixteen)
                .encoded(as: encoding)
            let header = try ImageHeader.read(data, name: "x")
            #expect(header.width == 7 && header.height == 9 && header.channels == 4)
            #expect(header.depth == .sixteen && header.format == encoding.format)
            #expect(header.orientation == 1 && header.pages == 1)
        }
    }
}
