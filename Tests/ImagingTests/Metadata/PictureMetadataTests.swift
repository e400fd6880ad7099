import Foundation
import Imaging
import Testing

@Suite struct PictureMetadataTests {
    private let metadata = PictureMetadata(
        title: "A cat & a <dog>",
        parameters: "a 😀 cat, 猫 «q»\nNegative prompt: \"dog\"\nSteps: 20, Seed: 7",
        record: #"{"version":1,"prompt":"a 😀 \"cat\" & <tag>\n","seed":7}"#,
        software: "Atelier 1.0",
        panorama: PanoramaFrame(width: 128, height: 64)
    )

    @Test(arguments: [PictureEncoding.png, .jpeg, .webp, .tiff])
    func readsBackWhatWasWritten(encoding: PictureEncoding) throws {
        let picture = Sample.gradient()
        let data = try picture.encoded(as: encoding, metadata: metadata)
        #expect(try PictureMetadata(reading: data, name: "x") == metadata)
        let plain = try picture.encoded(as: encoding)
        #expect(
            try Picture(decoding: data, name: "x") == Picture(decoding: plain, name: "x")
        )
    }

    @Test(arguments: [PictureEncoding.png, .jpeg, .webp, .tiff])
    func nothingIsReadWhereNothingWasWritten(encoding: PictureEncoding) throws {
        let data = try Sample.gradient().encoded(as: encoding)
        let none = PictureMetadata(software: nil, source: nil)
        #expect(try PictureMetadata(reading: data, name: "x") == none)
    }

    @Test(arguments: [PictureEncoding.png, .jpeg, .webp, .tiff])
    func theMarkOfGeneratedPicturesIsInTheFile(encoding: PictureEncoding) throws {
        let data = try Sample.gradient().encoded(as: encoding, metadata: PictureMetadata())
        let address = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
        let element = "<Iptc4xmpExt:DigitalSourceType>\(address)</Iptc4xmpExt:DigitalSourceType>"
        #expect(data.firstRange(of: Data(element.utf8)) != nil)
    }

    @Test func chunksAreThoseThatOthersRead() throws {
        let data = try Sample.noise().encoded(as: .png, metadata: metadata)
        let types = PNGBuilder.types(in: data)
        #expect(Array(types.prefix(6)) == ["IHDR", "iTXt", "iTXt", "iTXt", "tEXt", "iTXt"])
        let software = try #require(PNGBuilder.content(of: "tEXt", in: data))
        #expect(software == Array("Software".utf8) + [0] + Array("Atelier 1.0".utf8))
    }

    @Test func textsOfOtherProgramsAreRead() throws {
        let deflated = PNGBuilder.stored(Array("a dog\nSteps: 3".utf8))
        let variants = [
            PNGBuilder.chunk("tEXt", Array("parameters\0a dog\nSteps: 3".utf8)),
            PNGBuilder.chunk("zTXt", Array("parameters\0\0".utf8) + deflated),
            PNGBuilder.chunk("iTXt", Array("parameters\0\u{1}\0en\0Parameter\0".utf8) + deflated),
        ]
        for chunk in variants {
            let data = PNGBuilder.picture(1, 1, color: 0, rows: [0, 7], extra: chunk)
            #expect(
                try PictureMetadata(reading: data, name: "x").parameters == "a dog\nSteps: 3"
            )
        }
        let latin = PNGBuilder.picture(
            1,
            1,
            color: 0,
            rows: [0, 7],
            extra: PNGBuilder.chunk("tEXt", Array("Title\0caf".utf8) + [0xE9])
        )
        #expect(try PictureMetadata(reading: latin, name: "x").title == "café")
    }

    @Test func attributesAreReadToo() throws {
        let packet = """
            <rdf:Description xmp:CreatorTool="Other &#x26; &quot;one&quot;" \
            Iptc4xmpExt:DigitalSourceType='\(DigitalSourceType.trainedAlgorithmicMedia.address)'/>
            """
        let data = PNGBuilder.picture(
            1,
            1,
            color: 0,
            rows: [0, 7],
            extra: PNGBuilder.chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0\(packet)".utf8))
        )
        let found = try PictureMetadata(reading: data, name: "x")
        #expect(found.software == #"Other & "one""#)
        #expect(found.source == .trainedAlgorithmicMedia)
    }

    @Test func tooMuchForJPEGIsAnError() throws {
        let long = PictureMetadata(parameters: String(repeating: "x", count: 70_000))
        guard
            case .notEncoded(.jpeg, _) =
                Sample.error({ try Sample.noise().encoded(as: .jpeg, metadata: long) })
        else {
            Issue.record("expected an error")
            return
        }
        let data = try Sample.noise().encoded(as: .png, metadata: long)
        #expect(try PictureMetadata(reading: data, name: "x") == long)
    }

    @Test func totalTextIsBounded() throws {
        var limits = DecodingLimits.standard
        limits.maximumTotalTextBytes = 100
        let data = try Sample.noise().encoded(as: .png, metadata: metadata)
        let error = Sample.error { try PictureMetadata(reading: data, name: "x", limits: limits) }
        guard case .tooLarge("x", "bytes of text", _, 100) = error else {
            Issue.record("expected too much text, found \(String(describing: error))")
            return
        }
    }
}
