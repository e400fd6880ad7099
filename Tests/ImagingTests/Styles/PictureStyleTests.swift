import Imaging
import Settings
import Testing

@Suite struct PictureStyleTests {
    /// A disc of one colour with a lighter spot, on nothing.
    private static func disc(_ side: Int) -> Picture {
        var samples: [UInt8] = []
        let middle = Double(side - 1) / 2
        for y in 0..<side {
            for x in 0..<side {
                let dx = (Double(x) - middle) / Double(side)
                let dy = (Double(y) - middle) / Double(side)
                let isSpot = (dx + 0.1) * (dx + 0.1) + (dy + 0.1) * (dy + 0.1) < 0.01
                let isThere = dx * dx + dy * dy < 0.17
                samples +=
                    isThere ? (isSpot ? [250, 230, 200, 255] : [200, 40, 30, 255]) : [0, 0, 0, 0]
            }
        }
        return Picture(width: side, height: side, channels: 4, samples: samples)
    }

    private static let sizes = [(1, 1), (1, 9), (11, 1), (2, 2), (5, 3), (40, 17)]

    @Test(arguments: PictureStyle.allCases)
    func everyPictureKeepsItsShape(_ style: PictureStyle) throws {
        for (width, height) in Self.sizes {
            for channels in 1...4 {
                let eight = Sample.noise(width: width, height: height, channels: channels)
                for picture in [eight, eight.converted(depth: .sixteen)] {
                    let styled = try style.applied(to: picture, seed: 3)
                    #expect(styled.width == width && styled.height == height)
                    #expect(styled.channels == channels && styled.depth == picture.depth)
                    #expect(try style.applied(to: picture, seed: 3, strength: 0) == picture)
                }
            }
        }
    }

    @Test(arguments: PictureStyle.allCases)
    func changesWhatIsSeenAndNothingElse(_ style: PictureStyle) throws {
        let picture = Self.disc(48)
        let styled = try style.applied(to: picture)
        #expect(Sample.difference(styled, picture) > 3)
        let half = try style.applied(to: picture, strength: 0.5)
        #expect(Sample.difference(half, picture) < Sample.difference(styled, picture))
        let block = style == .pixelArt ? 2 : 0
        for y in 0..<48 {
            for x in 0..<48 where picture[x, y, 3] == 0 {
                let isNear = (max(0, x - block)...min(47, x + block)).contains { column in
                    (max(0, y - block)...min(47, y + block)).contains { picture[column, $0, 3] > 0 }
                }
                if !isNear { #expect(styled[x, y, 3] == 0, "(\(x), \(y))") }
            }
        }
        #expect(styled[24, 24, 3] == 255)
    }

    @Test(arguments: [PictureStyle.oil, .pencil, .poster, .silhouette, .neon, .engraving])
    func keepsAlpha(_ style: PictureStyle) throws {
        let picture = Sample.noise(width: 33, height: 21, channels: 4)
        let styled = try style.applied(to: picture)
        for index in stride(from: 3, to: picture.samples.count, by: 4) {
            #expect(styled.samples[index] == picture.samples[index])
        }
    }

    @Test(arguments: PictureStyle.allCases)
    func isTheSameOnManyThreads(_ style: PictureStyle) async throws {
        let picture = Self.disc(40)
        let once = try style.applied(to: picture, seed: 7)
        let all = try await withThrowingTaskGroup(of: Picture.self) { group in
            for _ in 0..<6 { group.addTask { try style.applied(to: picture, seed: 7) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.allSatisfy { $0 == once })
    }

    @Test(arguments: [PictureStyle.oil, .watercolour, .pencil, .engraving])
    func anotherSeedIsAnotherHand(_ style: PictureStyle) throws {
        let picture = Self.disc(48)
        #expect(
            try style.applied(to: picture, seed: 1) != style.applied(to: picture, seed: 2)
        )
    }

    @Test func aPosterHasFewColours() throws {
        let picture = Sample.noise(width: 64, height: 48, channels: 3)
        #expect(Self.colors(try PictureStyle.poster.applied(to: picture)).count <= 6)
        #expect(Self.colors(try PictureStyle.poster.applied(to: Self.disc(64))).count <= 6)
    }

    @Test func pixelArtHasBlocksOfFewColours() throws {
        for side in [64, 128] {
            let styled = try PictureStyle.pixelArt.applied(to: Self.disc(side))
            let block = side / 32
            let alike = (0..<side * side).allSatisfy { index in
                let (x, y) = (index % side, index / side)
                return (0..<4).allSatisfy {
                    styled[x, y, $0] == styled[x / block * block, y / block * block, $0]
                }
            }
            #expect(alike)
            #expect(Self.colors(styled).count <= 12)
        }
        let noise = Sample.noise(width: 96, height: 64, channels: 3)
        #expect(Self.colors(try PictureStyle.pixelArt.applied(to: noise)).count <= 12)
    }

    @Test func aSilhouetteHasOneColour() throws {
        let styled = try PictureStyle.silhouette.applied(to: Self.disc(64))
        #expect(Self.colors(styled).count == 1)
        let onPaper = Self.disc(64).flattened(background: .white)
        let cut = try PictureStyle.silhouette.applied(to: onPaper)
        #expect(Self.colors(cut).count == 2)
        #expect(cut[32, 32, 0] < 60 && cut[1, 1, 0] > 200)
    }

    /// Neon glows at the rim and is dark in the middle of a plane; pencil and engraving are grey and brown.
    @Test func inksAndLightsAreTheirOwn() throws {
        let disc = Self.disc(96)
        let neon = try PictureStyle.neon.applied(to: disc)
        #expect((0..<96).contains { neon[$0, 48, 0] > 200 })
        #expect(neon[60, 60, 0] < 100)
        let pencil = try PictureStyle.pencil.applied(to: disc)
        #expect(Self.colors(pencil).allSatisfy { abs(Int($0.red) - Int($0.blue)) < 6 })
        let engraving = try PictureStyle.engraving.applied(to: disc)
        let greys = Self.colors(engraving).map { Int($0.red) }
        #expect((greys.max() ?? 0) > 220 && (greys.min() ?? 255) < 50)
    }

    @Test(arguments: [-0.1, 1.01, .nan, .infinity])
    func refusesOtherStrengths(_ strength: Double) {
        #expect(throws: ImagingError.self) {
            try PictureStyle.oil.applied(to: Self.disc(4), strength: strength)
        }
    }

    @Test func namesAreFoundAndAreNobodyElses() {
        var seen: Set<String> = []
        for style in PictureStyle.allCases {
            let names = style.englishNames + style.chineseNames
            #expect(style.englishNames.count >= 2 && style.chineseNames.count >= 2)
            #expect(style.englishOpenings.count >= 2 && style.chineseOpenings.count >= 2)
            for name in names {
                #expect(PictureStyle(named: name.uppercased()) == style, "\(name)")
                #expect(seen.insert(name).inserted, "\(name)")
            }
            #expect(PictureStyle(named: style.rawValue) == style)
        }
        #expect(PictureStyle(named: "Pixel-Art") == .pixelArt)
        #expect(PictureStyle(named: "cubism") == nil)
    }

    private static func colors(_ picture: Picture) -> Set<PictureColor> {
        let shown = picture.converted(channels: 4)
        return Set(
            stride(from: 0, to: shown.samples.count, by: 4).compactMap { index in
                shown.samples[index + 3] == 0
                    ? nil
                    : PictureColor(
                        red: shown.samples[index],
                        green: shown.samples[index + 1],
                        blue: shown.samples[index + 2]
                    )
            }
        )
    }
}
