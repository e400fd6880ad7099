import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct BadInputTests {
    private func failure(_ data: Data, limits: DecodingLimits = .standard) -> ImagingError? {
        let error = Sample.error { try Picture(decoding: data, name: "bad.png", limits: limits) }
        #expect(error?.description.contains("bad.png") == true)
        return error
    }

    @Test func emptyFiles() {
        #expect(failure(Data()) == .empty(name: "bad.png"))
    }

    @Test func claimsOfTooManyPixelsAreRefusedByTheHeader() {
        let bomb = PNGBuilder.file(
            PNGBuilder.header(60_000, 60_000, color: 2),
            PNGBuilder.chunk("IDAT", [0x78, 0x9C, 3, 0])
        )
        #expect(bomb.count < 80)
        #expect(
            failure(bomb)
                == .tooLarge(name: "bad.png", what: "pixels wide", found: 60_000, limit: 16_384)
        )
        let wide = PNGBuilder.file(PNGBuilder.header(16_384, 16_384, color: 2))
        #expect(
            failure(wide)
                == .tooLarge(
                    name: "bad.png",
                    what: "pixels",
                    found: 268_435_456,
                    limit: 67_108_864
                )
        )
    }

    @Test func fewBytesForManyPixelsAreRefusedBeforeDecoding() {
        let data = PNGBuilder.picture(8_000, 8_000, color: 6, rows: [0, 1, 2, 3])
        guard case .truncated(_, .png, let expected, _) = failure(data) else {
            Issue.record("expected a truncated file")
            return
        }
        #expect(expected.contains("8000×8000"))
    }

    @Test func nothingHasNoSides() {
        let data = PNGBuilder.picture(0, 4, color: 0, rows: [0])
        guard case .corrupt(_, .png, _, "0×4") = failure(data) else {
            Issue.record("expected a corrupt file")
            return
        }
    }

    @Test(arguments: ["zTXt", "iTXt"]) func giantTextsAreRefused(type: String) throws {
        // Borrows a zlib stream of 16 MiB of zeros from the image data of a black picture.
        let black = Picture(width: 4_096, height: 4_096, channels: 1, filledWith: .black)
        let stream = try #require(
            PNGBuilder.content(of: "IDAT", in: black.encoded(as: .png(compression: 9)))
        )
        let start: [UInt8] = type == "zTXt" ? [0, 0] : [0, 1, 0, 0, 0]
        let bomb = PNGBuilder.picture(
            1,
            1,
            color: 0,
            rows: [0, 7],
            extra: PNGBuilder.chunk(type, Array("Comment".utf8) + start + stream)
        )
        guard case .tooLarge(_, let what, let found, let limit) = failure(bomb) else {
            Issue.record("expected too large a text")
            return
        }
        #expect(what.contains(type) && found > limit)
        #expect(Sample.error { try PictureMetadata(reading: bomb, name: "bad.png") } != nil)
        var generous = DecodingLimits.standard
        generous.maximumTextBytes = 32 * 1_048_576
        let picture = try Picture(decoding: bomb, name: "bad.png", limits: generous)
        #expect(picture.samples == [7])
    }

    @Test func everyCutOfAPNGIsAnError() throws {
        let data = try Sample.noise(width: 5, height: 4).encoded(as: .png)
        for count in 1..<data.count {
            #expect(failure(Data(data.prefix(count))) != nil, "cut at \(count)")
        }
    }

    @Test(arguments: [PictureEncoding.png, .jpeg, .webp, .tiff, .losslessWebP])
    func halfAFileIsAnError(encoding: PictureEncoding) throws {
        let data = try Sample.noise(width: 64, height: 64).encoded(as: encoding)
        switch failure(Data(data.prefix(data.count / 2))) {
        case .truncated(_, encoding.format, _, _): break
        // What a decoder says tells the two apart, and libvips keeps what all threads say in one
        // place: beside other failures only formats whose length we check ourselves are certain.
        case .corrupt(_, encoding.format, _, _) where [.jpeg, .tiff].contains(encoding.format):
            break
        default: Issue.record("expected a truncated \(encoding.format.title)")
        }
    }

    @Test func halfAGIFIsAnError() throws {
        let data = try #require(PictureFixtures.animation)
        for count in [15, 30, 38] {
            #expect(failure(Data(data.prefix(count))) != nil, "cut at \(count)")
        }
    }

    @Test func everyFlippedByteOfAPNGIsAnError() throws {
        let data = try Sample.noise(width: 5, height: 4).encoded(as: .png)
        for index in 0..<data.count {
            var damaged = data
            damaged[index] ^= 0x55
            #expect(failure(damaged) != nil, "byte \(index)")
        }
    }

    @Test func checksumsAreNamed() throws {
        var data = try Sample.noise().encoded(as: .png)
        let at = try #require(data.firstRange(of: Data("IDAT".utf8))).upperBound + 10
        data[at] ^= 1
        guard case .corrupt(_, .png, let expected, _) = failure(data) else {
            Issue.record("expected a corrupt file")
            return
        }
        #expect(expected.contains("IDAT") && expected.contains("checksum"))
    }

    @Test func rightChecksumsOverWrongImageData() {
        let data = PNGBuilder.file(
            PNGBuilder.header(4, 4, color: 0),
            PNGBuilder.chunk("IDAT", [0x78, 0x9C] + Array(repeating: 0xFF, count: 40))
        )
        guard case .corrupt(_, .png, let expected, _) = failure(data) else {
            Issue.record("expected a corrupt file")
            return
        }
        #expect(expected.contains("4×4"))
    }

    @Test func damagedJPEGsAreErrorsUnlessAccepted() throws {
        let data = try Sample.noise(width: 64, height: 64).encoded(as: .jpeg)
        var damaged = data
        // All ones: no Huffman code.
        let middle = data.count / 2
        damaged.replaceSubrange(
            middle..<middle + 40,
            with: (0..<40).map { $0 % 2 == 0 ? 0xFF : 0x00 }
        )
        #expect(failure(damaged) != nil)
        var lenient = DecodingLimits.standard
        lenient.refusesDamage = false
        let picture = try Picture(decoding: damaged, name: "bad.jpg", limits: lenient)
        #expect(picture.width == 64)
    }

    @Test func otherFormatsAreNotReachable() {
        for (data, word) in [
            (PictureFixtures.vector, "SVG"), (Data("%PDF-1.7 and so on".utf8), "PDF"),
            (Data("BM and so on and on".utf8), "BMP"),
            (Data("P6 2 2 255 abcdefghijkl".utf8), "50 36"),
        ] {
            guard case .unknownFormat(_, let found) = failure(data) else {
                Issue.record("expected an unknown format for \(word)")
                continue
            }
            #expect(found.contains(word))
        }
    }

    @Test func nonsenseAfterTheFirstBytes() {
        for start: [UInt8] in [
            [0xFF, 0xD8, 0xFF, 0xE0], Array("RIFF1234WEBP".utf8), Array("GIF89a".utf8),
            [0x49, 0x49, 42, 0], PNGBuilder.signature,
        ] {
            let error = failure(Data(start + Array(repeating: 0x41, count: 60)))
            switch error {
            case .corrupt, .truncated, .tooLarge: break
            default: Issue.record("\(start): \(String(describing: error))")
            }
        }
    }
}
