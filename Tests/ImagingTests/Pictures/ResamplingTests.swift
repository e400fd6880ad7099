import Imaging
import Settings
import Testing

@Suite struct ResamplingTests {
    @Test(arguments: ResamplingKernel.allCases, [1, 2, 3, 4])
    func sizesAreExact(kernel: ResamplingKernel, channels: Int) {
        for depth in SampleDepth.allCases {
            let picture = Sample.noise(width: 37, height: 23, channels: channels, depth: depth)
            for (width, height) in [(1, 1), (7, 23), (36, 24), (64, 5), (111, 69)] {
                let result = picture.resized(width: width, height: height, kernel: kernel)
                #expect(result.width == width && result.height == height)
                #expect(result.channels == channels && result.depth == depth)
            }
        }
    }

    @Test(arguments: ResamplingKernel.allCases) func flatStaysFlat(kernel: ResamplingKernel) {
        let color = PictureColor(red: 200, green: 3, blue: 97, alpha: 130)
        for channels in 1...4 {
            let picture = Picture(width: 20, height: 20, channels: channels, filledWith: color)
            for side in [7, 33] {
                let result = picture.resized(width: side, height: side, kernel: kernel)
                let flat = Picture(width: side, height: side, channels: channels, filledWith: color)
                #expect(result == flat)
            }
        }
    }

    @Test func halvesAreMeans() {
        let picture = Picture(
            width: 64,
            height: 64,
            channels: 1,
            samples: (0..<64 * 64).map { ($0 + $0 / 64) % 2 == 0 ? 0 : 255 }
        )
        let small = picture.resized(width: 16, height: 16)
        #expect(small.samples.allSatisfy { abs(Int($0) - 127) <= 2 })
    }

    @Test func hiddenColorDoesNotBleed() {
        // Left half opaque red, right half clear green.
        let samples = (0..<16 * 16).flatMap { index -> [UInt8] in
            index % 16 < 8 ? [255, 0, 0, 255] : [0, 255, 0, 0]
        }
        let picture = Picture(width: 16, height: 16, channels: 4, samples: samples)
        for side in [5, 37] {
            let result = picture.resized(width: side, height: side)
            for y in 0..<side {
                for x in 0..<side where result[x, y, 3] > 8 {
                    #expect(result[x, y, 0] >= 250 && result[x, y, 1] <= 5)
                }
            }
        }
    }

    @Test func sixteenBitsStayFine() {
        let deep = Picture(
            width: 4,
            height: 1,
            channels: 1,
            sixteenBitSamples: [30_000, 30_001, 30_000, 30_001]
        )
        let result = deep.resized(width: 8, height: 2, kernel: .nearest)
        #expect(Set(result.sixteenBitSamples) == [30_000, 30_001])
    }

    @Test func containShowsAllAndFills() {
        let picture = Picture(width: 20, height: 10, channels: 4, filledWith: .white)
        let result = picture.resized(width: 8, height: 8, fit: .contain)
        for y in 0..<8 {
            #expect(result[3, y, 3] == ((2..<6).contains(y) ? 255 : 0))
        }
        let filled = picture.converted(channels: 3).resized(
            width: 8,
            height: 8,
            fit: .contain,
            background: PictureColor(red: 1, green: 2, blue: 3)
        )
        #expect(filled[0, 0, 0] == 1 && filled[0, 0, 1] == 2 && filled[0, 4, 0] == 255)
    }

    @Test func coverCutsBothSides() {
        // Columns 0–9 black, 10–29 grey, 30–39 white.
        let samples = (0..<40 * 20).map { UInt8($0 % 40 < 10 ? 0 : $0 % 40 < 30 ? 100 : 255) }
        let picture = Picture(width: 40, height: 20, channels: 1, samples: samples)
        let result = picture.resized(width: 20, height: 20, fit: .cover)
        #expect(result.samples.allSatisfy { $0 == 100 })
        let small = picture.resized(width: 4, height: 4, fit: .cover, kernel: .nearest)
        #expect(small.samples.allSatisfy { $0 == 100 })
    }

    /// The middle of a strip is shown without all of it becoming as large as its middle.
    @Test(arguments: [(16_000, 1), (1, 16_000)])
    func stripsAreCovered(_ width: Int, _ height: Int) {
        let samples = (0..<16_000).map { UInt8((7_900..<8_100).contains($0) ? 100 : 255) }
        let strip = Picture(width: width, height: height, channels: 1, samples: samples)
        for side in [64, 512] {
            let result = strip.resized(width: side, height: side, fit: .cover)
            #expect(result.width == side && result.height == side)
            #expect(result.samples.allSatisfy { $0 == 100 })
        }
    }

    @Test func theSameSizeChangesNothing() {
        let picture = Sample.noise(channels: 4)
        for fit in PictureFit.allCases {
            #expect(
                picture.resized(width: picture.width, height: picture.height, fit: fit) == picture
            )
        }
    }
}
