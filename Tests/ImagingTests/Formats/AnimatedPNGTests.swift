import Foundation
import Imaging
import Settings
import Testing

/// The chunks are those of the specification, in its order.
@Suite struct AnimatedPNGTests {
    @Test func framesFollowEachOther() throws {
        let frames = [PictureColor.black, .white, .black].map {
            Picture(width: 3, height: 2, channels: 3, filledWith: $0)
        }
        let data = try AnimatedPNG(frames, milliseconds: 300).encoded()
        let (types, contents) = chunks(of: [UInt8](data))
        #expect(types == ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"])
        #expect(contents[1] == [0, 0, 0, 3, 0, 0, 0, 0])
        // Numbers of a sequence that goes through control and data chunks.
        #expect([2, 4, 5, 6, 7].map { contents[$0][3] } == [0, 1, 2, 3, 4])
        #expect(Array(contents[2][4..<12]) == [0, 0, 0, 3, 0, 0, 0, 2])
        // 300 thousandths of a second.
        #expect(Array(contents[4][20..<24]) == [1, 44, 3, 232])
    }

    private func chunks(of bytes: [UInt8]) -> (types: [String], contents: [[UInt8]]) {
        var (types, contents): ([String], [[UInt8]]) = ([], [])
        var place = 8
        while place < bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            types.append(String(decoding: bytes[place + 4..<place + 8], as: UTF8.self))
            contents.append(Array(bytes[place + 8..<place + 8 + length]))
            place += length + 12
        }
        return (types, contents)
    }
}
