import Foundation
import Imaging
import Testing

/// Comments in Exif, as other generators leave their settings.
@Suite struct UserCommentTests {
    /// An Exif block with a comment.
    private static func exif(_ comment: [UInt8], isBig: Bool) -> [UInt8] {
        func number(_ value: Int, _ bytes: Int) -> [UInt8] {
            let little = (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            return isBig ? little.reversed() : little
        }
        func list(_ tag: Int, _ kind: Int, _ count: Int, _ value: Int) -> [UInt8] {
            [(1, 2), (tag, 2), (kind, 2), (count, 4), (value, 4), (0, 4)].flatMap(number)
        }
        var block = Array("Exif\0\0\(isBig ? "MM" : "II")".utf8)
        block += number(42, 2)
        block += number(8, 4)
        block += list(0x8769, 4, 1, 26)
        block += list(0x9286, 7, comment.count, 44)
        return block + comment
    }

    /// A photograph with an Exif block.
    private static func photograph(
        _ exif: [UInt8],
        metadata: PictureMetadata? = nil
    ) throws -> Data {
        var data = try Sample.gradient().encoded(as: .jpeg, metadata: metadata)
        let length = exif.count + 2
        let head: [UInt8] = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)]
        data.insert(contentsOf: head + exif, at: 2)
        return data
    }

    private static let text = "a red 猫\nNegative prompt: Ü\nSteps: 20, Seed: 7"

    private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
            return isBig ? [high, low] : [low, high]
        }
    }

    /// The text's order of bytes need not be the block's.
    @Test(arguments: [false, true], [false, true])
    func settingsOfOtherGeneratorsAreRead(isBig: Bool, isTextBig: Bool) throws {
        let content = Self.utf16(Self.text, isBig: isTextBig)
        let mark: [UInt8] = isTextBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
        for comment in [
            Array("UNICODE\0".utf8) + content, Array("UNICODE\0".utf8) + mark + content,
            Array("ASCII\0\0\0".utf8) + Array(Self.text.utf8),
            [UInt8](repeating: 0, count: 8) + Array(Self.text.utf8),
        ] {
            let data = try Self.photograph(Self.exif(comment, isBig: isBig))
            #expect(try PictureMetadata(reading: data, name: "x").parameters == Self.text)
        }
    }

    /// A PNG with an Exif block behind its header.
    private static func png(_ exif: [UInt8]) throws -> Data {
        func number(_ value: UInt32) -> [UInt8] {
            (0..<4).reversed().map { UInt8(value >> (8 * $0) & 255) }
        }
        // CRC-32 (PNG, annex D).
        func checksum(_ bytes: [UInt8]) -> UInt32 {
            ~bytes.reduce(UInt32.max) { sum, byte in
                (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                    sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
                }
            }
        }
        let content = Array("eXIf".utf8) + exif.dropFirst(6)
        var data = try Sample.gradient().encoded(as: .png, metadata: nil)
        data.insert(
            contentsOf: number(UInt32(content.count - 4)) + content + number(checksum(content)),
            at: 33
        )
        return data
    }

    /// A WebP in the extended form (RIFF container: VP8X, the picture, EXIF).
    private static func webp(_ exif: [UInt8]) throws -> Data {
        func number(_ value: Int, _ bytes: Int) -> [UInt8] {
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            Array(name.utf8) + number(content.count, 4) + content
                + (content.count % 2 == 1 ? [0] : [])
        }
        let picture = Sample.gradient()
        let plain = Array(try picture.encoded(as: .webp, metadata: nil))
        let head: [UInt8] =
            [0x08, 0, 0, 0] + number(picture.width - 1, 3) + number(picture.height - 1, 3)
        // Of what is plain only the chunk of the picture.
        var (body, place) = ([UInt8](), 12)
        while place + 8 <= plain.count {
            let size = (0..<4).reduce(0) { $0 | Int(plain[place + 4 + $1]) << (8 * $1) }
            let end = min(place + 8 + size + size % 2, plain.count)
            let name = String(decoding: plain[place..<place + 4], as: UTF8.self)
            if ["VP8 ", "VP8L"].contains(name) { body = Array(plain[place..<end]) }
            place = end
        }
        try #require(!body.isEmpty)
        let all =
            Array("WEBP".utf8) + chunk("VP8X", head) + body
            + chunk("EXIF", Array(exif.dropFirst(6)))
        return Data(Array("RIFF".utf8) + number(all.count, 4) + all)
    }

    /// Every way in which programs write a comment, in every kind of file, for texts of many scripts.
    @Test(arguments: [false, true])
    func commentsOfEveryKindAreRead(isBig: Bool) throws {
        let japanese = "\u{1B}$B\u{24}\u{22}\u{1B}(B cat"
        let texts = [
            "a red apple", Self.text, "红苹果在木桌上", "さくらの木の下で", "красное яблоко", "Ä", "🍎🍏 and\nmore",
            "Steps: 20",
        ]
        var comments: [(text: String, bytes: [UInt8])] = [
            ("あ cat", Array("JIS\0\0\0\0\0".utf8) + Array(japanese.utf8))
        ]
        for text in texts {
            for isTextBig in [false, true] {
                let content = Self.utf16(text, isBig: isTextBig)
                let mark: [UInt8] = isTextBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
                comments.append((text, Array("UNICODE\0".utf8) + content))
                comments.append((text, Array("UNICODE\0".utf8) + mark + content + [0, 0]))
            }
            for code in ["UNICODE\0", "ASCII\0\0\0", "\0\0\0\0\0\0\0\0", "JIS\0\0\0\0\0"] {
                comments.append((text, Array(code.utf8) + Array(text.utf8)))
                comments.append((text, Array(code.utf8) + Array(text.utf8) + [0, 0, 0]))
            }
        }
        for (text, bytes) in comments {
            let block = Self.exif(bytes, isBig: isBig)
            for (kind, data) in [
                ("jpeg", try Self.photograph(block)), ("png", try Self.png(block)),
                ("webp", try Self.webp(block)),
            ] {
                let found = try PictureMetadata(reading: data, name: "x").parameters
                #expect(found == text, "\(kind), \(bytes.prefix(24))")
            }
        }
        for code in ["UNICODE\0", "ASCII\0\0\0", "JIS\0\0\0\0\0"] {
            // Only the head, or nothing but zeros behind it.
            for rest in [[], [0], [0, 0, 0, 0]] as [[UInt8]] {
                let data = try Self.photograph(Self.exif(Array(code.utf8) + rest, isBig: isBig))
                #expect(try PictureMetadata(reading: data, name: "x").parameters == nil)
            }
        }
    }

    @Test func ownSettingsWin() throws {
        let own = PictureMetadata(parameters: "a dog")
        let block = Self.exif(Array("ASCII\0\0\0a cat".utf8), isBig: true)
        let data = try Self.photograph(block, metadata: own)
        #expect(try PictureMetadata(reading: data, name: "x").parameters == "a dog")
    }

    /// Whatever a block says of itself, it is read or passed over.
    @Test func damagedBlocksArePassedOver() throws {
        let whole = Self.exif(
            Array("UNICODE\0".utf8) + Self.utf16(Self.text, isBig: false),
            isBig: false
        )
        for place in 6..<62 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var block = whole
                block[place] = value
                let data = try Self.photograph(block)
                _ = try PictureMetadata(reading: data, name: "x")
            }
        }
        for count in 6..<whole.count {
            let data = try Self.photograph(Array(whole.prefix(count)))
            let found = try PictureMetadata(reading: data, name: "x").parameters
            #expect(found == nil, "\(count)")
        }
    }
}
