import Foundation
import Imaging
import Testing

/// Texts of PNG files, whose bytes are often not the Latin-1 that the format asks for.
@Suite struct TextBytesTests {
    private static func read(_ bytes: [UInt8]) throws -> String? {
        let body = Array("parameters\0".utf8) + bytes
        let file = PNGBuilder.file(
            PNGBuilder.header(1, 1, color: 2),
            PNGBuilder.chunk("tEXt", body),
            PNGBuilder.chunk("IDAT", PNGBuilder.stored([0, 1, 2, 3]))
        )
        return try PictureMetadata(reading: file, name: "x.png").parameters
    }

    private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
            return isBig ? [high, low] : [low, high]
        }
    }

    /// Whatever the encoding, the text comes as it was meant.
    @Test(arguments: [
        "a red apple", "a 猫 in the snow, Seed: 7", "café crème, 50 °", "🐈 cat: 一只红苹果",
    ])
    func textsComeAsTheyWereMeant(_ text: String) throws {
        #expect(try Self.read(Array(text.utf8)) == text)
        for isBig in [false, true] {
            let mark: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
            let bytes = Self.utf16(text, isBig: isBig)
            #expect(try Self.read(mark + bytes) == text)
            #expect(try Self.read(bytes) == text, "without a mark")
        }
        if let latin = text.data(using: .isoLatin1) {
            #expect(try Self.read([UInt8](latin)) == text)
        }
    }
}
