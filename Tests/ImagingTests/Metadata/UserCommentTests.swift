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
