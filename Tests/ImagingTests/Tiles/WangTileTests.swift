import Imaging
import Testing

/// Wang tiles of a texture.
@Suite("Wang tiles") struct WangTileTests {
    @Test(
        "tiles whose edges are of the same kind have the same pixels there, and go on in each other",
        arguments: [(64, SampleDepth.eight), (70, .sixteen)]
    )
    func meet(side: Int, depth: SampleDepth) throws {
        let bytes = (0..<side * side * depth.bytes).map {
            UInt8(truncatingIfNeeded: $0 &* 97 ^ $0 >> 5)
        }
        let texture = Picture(width: side, height: side, channels: 1, depth: depth, samples: bytes)
        let tile = side / 4 * 2
        let sheet = try texture.wangTiles(name: "a")
        #expect(sheet.width == 4 * tile && sheet.height == 4 * tile && sheet.depth == depth)
        func sample(_ kind: Int, _ x: Int, _ y: Int) -> Int {
            texture[kind % 2 * tile + x, kind / 2 * tile + y, 0]
        }
        var seams = 0
        for row in 0..<4 {
            for column in 0..<4 {
                let (left, top) = (column * tile, row * tile)
                let (upper, lower, west, east) = (row / 2, row % 2, column / 2, column % 2)
                for place in 1..<tile - 1 {
                    #expect(sheet[left + place, top, 0] == sample(upper, place, tile / 2))
                    #expect(
                        sheet[left + place, top + tile - 1, 0] == sample(lower, place, tile / 2 - 1)
                    )
                    #expect(sheet[left, top + place, 0] == sample(2 + west, tile / 2, place))
                    #expect(
                        sheet[left + tile - 1, top + place, 0]
                            == sample(2 + east, tile / 2 - 1, place)
                    )
                    if sheet[left + place, top + place, 0] != sample(2 + west, place, place) {
                        seams += 1
                    }
                }
            }
        }
        #expect(seams > 16)
        let small = texture.cropped(x: 0, y: 0, width: 31, height: side)
        #expect(throws: ImagingError.tooSmall(name: "a", side: 31, limit: 32)) {
            try small.wangTiles(name: "a")
        }
    }
}
