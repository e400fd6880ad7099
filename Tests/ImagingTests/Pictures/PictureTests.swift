import Imaging
import Settings
import Testing

@Suite struct PictureTests {
    @Test func channelsConvert() {
        let color = Picture(
            width: 2,
            height: 1,
            channels: 4,
            samples: [255, 0, 0, 9, 7, 7, 7, 200]
        )
        #expect(color.converted(channels: 3).samples == [255, 0, 0, 7, 7, 7])
        #expect(color.converted(channels: 1).samples == [76, 7])
        #expect(color.converted(channels: 2).samples == [76, 9, 7, 200])
        let grey = Picture(width: 2, height: 1, channels: 1, samples: [0, 99])
        #expect(grey.converted(channels: 4).samples == [0, 0, 0, 255, 99, 99, 99, 255])
        #expect(grey.converted(channels: 3).converted(channels: 1) == grey)
    }

    @Test func depthsConvert() {
        let all = Picture(width: 256, height: 1, channels: 1, samples: (0...255).map { UInt8($0) })
        let deep = all.converted(depth: .sixteen)
        #expect(deep.sixteenBitSamples[200] == 200 * 257)
        #expect(deep.converted(depth: .eight) == all)
        let near = Picture(width: 2, height: 1, channels: 1, sixteenBitSamples: [128, 129])
        #expect(near.converted(depth: .eight).samples == [0, 1])
        let color = Picture(width: 1, height: 1, channels: 3, sixteenBitSamples: [500, 500, 500])
        #expect(color.converted(channels: 2).sixteenBitSamples == [500, 65_535])
    }

    @Test func alphaIsLaidOverAColor() {
        let picture = Picture(
            width: 3,
            height: 1,
            channels: 4,
            samples: [200, 100, 0, 255, 200, 100, 0, 0, 200, 100, 0, 51]
        )
        let flat = picture.flattened(background: PictureColor(red: 0, green: 0, blue: 255))
        #expect(flat.samples == [200, 100, 0, 0, 0, 255, 40, 20, 204])
        #expect(flat.flattened() == flat)
        let deep = picture.converted(depth: .sixteen).flattened(background: .black)
        #expect(deep.sixteenBitSamples.suffix(3) == [10_280, 5_140, 0])
    }

    @Test func partsAreCut() {
        let picture = Sample.noise(width: 6, height: 5, channels: 3, depth: .sixteen)
        let part = picture.cropped(x: 2, y: 1, width: 3, height: 4)
        #expect(part.width == 3 && part.height == 4)
        for y in 0..<4 {
            for x in 0..<3 { #expect(part[x, y, 2] == picture[x + 2, y + 1, 2]) }
        }
        let square = picture.croppedToSquare()
        #expect(square.width == 5 && square[0, 0, 0] == picture[0, 0, 0])
    }

    @Test func picturesFlipAndTurn() {
        let picture = Picture(width: 3, height: 2, channels: 1, samples: [1, 2, 3, 4, 5, 6])
        #expect(picture.flippedHorizontally().samples == [3, 2, 1, 6, 5, 4])
        #expect(picture.flippedVertically().samples == [4, 5, 6, 1, 2, 3])
        let turned = picture.rotated(quarterTurns: 1)
        #expect(turned.width == 2 && turned.samples == [4, 1, 5, 2, 6, 3])
        #expect(turned.rotated(quarterTurns: 3) == picture)
        #expect(picture.rotated(quarterTurns: 2).samples == [6, 5, 4, 3, 2, 1])
        let color = Sample.noise(channels: 4)
        #expect(color.flippedHorizontally()[0, 3, 1] == color[18, 3, 1])
        #expect(color.rotated(quarterTurns: -1).rotated(quarterTurns: 1) == color)
    }

    @Test func numbersBecomeBytes() {
        #expect(
            Picture.bytes(from: [-1, 1, 0, -2, 3, .nan, .infinity]) == [
                0, 255, 128, 0, 255, 0, 255,
            ]
        )
        let planar = Picture(
            width: 2,
            height: 1,
            channels: 3,
            values: [-1, 1, 0, -1, 1, -1],
            layout: .planar
        )
        #expect(planar.samples == [0, 128, 255, 255, 0, 0])
        let flat = Picture(
            width: 2,
            height: 1,
            channels: 3,
            values: [-1, 1, 0, -1, 1, -1],
            layout: .interleaved
        )
        #expect(flat.samples == [0, 255, 128, 0, 255, 0])
        let noise = Sample.noise()
        for layout in [Picture.Layout.planar, .interleaved] {
            let back = Picture(
                width: noise.width,
                height: noise.height,
                channels: 3,
                values: noise.values(layout: layout),
                layout: layout
            )
            #expect(back == noise)
        }
    }

    @Test func wrongCountsTrap() async {
        await #expect(processExitsWith: .failure) {
            _ = Picture(width: 2, height: 2, channels: 3, samples: [1, 2, 3])
        }
    }
}
