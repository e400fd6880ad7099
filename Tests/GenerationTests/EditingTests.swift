import Foundation
import Generation
import Imaging
import Prompts
import Requests
import Settings
import TestSupport
import Testing
import Torch

/// What is done to pictures: only what was promised changes.
@Suite struct EditingTests {
    private let scratch: ScratchFolder
    private let model: GeneratorModel
    private let picture: Picture

    init() throws {
        scratch = try ScratchFolder()
        model = try GeneratorModel(contentsOf: WordsModel.write(in: scratch))
        picture = EditingTests.noise(width: 16, height: 16)
    }

    /// Half clear, half of random colours.
    private static func noise(width: Int, height: Int) -> Picture {
        var state: UInt64 = 7
        let samples = (0..<width * height * 4).map { index -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return index % 4 == 3 && index < width * height * 2 ? 0 : UInt8(state >> 56)
        }
        return Picture(width: width, height: height, channels: 4, samples: samples)
    }

    private func request(_ count: Int = 3) -> DrawingRequest {
        DrawingRequest(seed: 3, count: count, of: "red apple")
    }

    @Test(arguments: [(16, 16), (40, 24), (10, 12)])
    func outsideTheMaskNotOneBitChanges(_ width: Int, _ height: Int) throws {
        let picture = EditingTests.noise(width: width, height: height)
        let mask = PictureMask(width: width, height: height, hiding: 3..<9, 2..<7)
        let results = try model.inpainted(picture, mask, name: "a", request())
        #expect(results.count == 3)
        for result in results {
            #expect(result.picture.width == width && result.picture.height == height)
            var differs = false
            for y in 0..<height {
                for x in 0..<width {
                    let isSame = (0..<4).allSatisfy {
                        result.picture[x, y, $0] == picture[x, y, $0]
                    }
                    if (3..<9).contains(x), (2..<7).contains(y) {
                        differs = differs || !isSame
                    } else {
                        #expect(isSame, "(\(x), \(y))")
                    }
                }
            }
            #expect(differs)
            let numbers = try #require(result.record.edit).numbers
            #expect(result.record.edit == Edit("inpaint", of: ["a"], numbers))
            #expect(numbers["left"] == 3 && numbers["height"] == 5)
            #expect(numbers["hidden"] == 30 / Double(width * height))
        }
        var alone = request()
        alone.indices = [2]
        #expect(
            try model.inpainted(picture, mask, name: "a", alone)[0].picture == results[2].picture
        )
    }

    @Test func sixteenBitsAndGreyStayWhatTheyAre() throws {
        let deep = Picture(
            width: 16,
            height: 16,
            channels: 1,
            sixteenBitSamples: (0..<256).map { UInt16($0) * 251 }
        )
        let mask = PictureMask(width: 16, height: 16, hiding: 0..<4, 0..<4)
        let result = try model.inpainted(deep, mask, name: "a", request(1))[0].picture
        #expect(result.depth == .sixteen && result.channels == 1)
        #expect(result.sixteenBitSamples[4...15] == deep.sixteenBitSamples[4...15])
        #expect(result.sixteenBitSamples[64...] == deep.sixteenBitSamples[64...])
    }

    @Test func masksThatDoNotFitAreRefused() throws {
        let other = PictureMask(width: 8, height: 16, hiding: 0..<4, 0..<4)
        #expect(
            throws: GenerationError.otherMask(picture: "a", expected: "16×16", found: "8×16")
        ) { try model.inpainted(picture, other, name: "a", request()) }
        let empty = PictureMask(width: 16, height: 16, hiding: 40..<44, 0..<4)
        #expect(throws: GenerationError.emptyMask(picture: "a")) {
            try model.inpainted(picture, empty, name: "a", request())
        }
    }

    @Test func aPictureGoesOnBeyondItsSides() throws {
        var margins = Sides<Int>()
        (margins.left, margins.bottom) = (20, 5)
        let result = try model.outpainted(picture, margins, name: "a", request(2))[1].picture
        #expect(result.width == 36 && result.height == 21)
        #expect(result.cropped(x: 20, y: 0, width: 16, height: 16) == picture)
        let strip = Picture(
            width: 1,
            height: 33,
            channels: 1,
            samples: [UInt8](repeating: 9, count: 33)
        )
        #expect(
            throws: GenerationError.longStrip(picture: "s", width: 1, height: 33, limit: 32)
        ) { try model.outpainted(strip, Sides(), name: "s", request(1)) }
        let wide = Sides(of: picture, toReach: (3, 2))
        #expect((wide.left, wide.right, wide.top, wide.bottom) == (4, 4, 0, 0))
        #expect(try model.outpainted(picture, wide, name: "a", request(1))[0].picture.width == 24)
    }

    @Test func zoomKeepsTheSize() throws {
        let result = try model.zoomedOut(picture, by: 2, name: "a", request(1))[0].picture
        #expect(result.width == 16 && result.height == 16)
        let small = picture.resized(width: 8, height: 8)
        #expect(result.cropped(x: 4, y: 4, width: 8, height: 8) == small)
    }

    @Test func aTileKeepsItsMiddle() throws {
        let result = try model.tiled(picture, name: "a", request(1))[0].picture
        #expect(result != picture)
        let inside = { (tile: Picture) in tile.cropped(x: 2, y: 2, width: 12, height: 12) }
        #expect(inside(result) == inside(picture))
    }

    /// The stronger the pull, the nearer; results are the same in any company.
    @Test func variationsStayNear() throws {
        func distance(_ strength: VariationStrength) throws -> Double {
            let found = try model.variations(of: picture, name: "a", strength, request(8))
            let source = try model.remade(model.tensor([picture]))
            return (model.tensor(found.map(\.picture)) - source).absolute().mean().item()
        }
        #expect(try distance(.subtle) < distance(.strong))
        let all = try model.variations(of: picture, name: "a", .strong, request(6))
        var alone = request()
        alone.indices = [5]
        let fifth = try model.variations(of: picture, name: "a", .strong, alone)[0]
        #expect(fifth.picture == all[5].picture)
        #expect(throws: GenerationError.self) { try model.draw(again: fifth.record, name: "a") }
    }

    @Test func shapesAreDrawnAndDrawnAgain() throws {
        for text in ["red --ar 3:2", "red --zoom 2", "red --tile --ar 1:2"] {
            let prompt = try #require(try Prompt.all(of: text).first)
            let drawn = try model.imagine(prompt, by: PromptRules(), seed: 1, indices: [0, 1])[1]
            #expect(drawn.record.prompt == prompt.typed)
            let again = try model.draw(again: drawn.record, name: "1")
            #expect(again.picture == drawn.picture)
        }
    }

    /// A file with a profile of its own is in sRGB once it is read; of that not one bit changes outside the mask.
    @Test func outsideTheMaskAWideGamutStaysAsItIsRead() throws {
        let file = scratch.url.appending(path: "p3.png")
        try #require(PictureFixtures.wideGamut).write(to: file)
        let read = try Picture(contentsOf: file)
        var request = PictureRequest(
            .inpaint,
            try PictureRequest.prompt("red apple"),
            seed: 5,
            count: 1,
            pictures: [file.path]
        )
        request.region = Region(left: 0, top: 0, width: 1, height: 1)
        var found: Picture?
        try model.perform(request, by: PromptRules()) {
            if case .picture(_, let drawing) = $0 { found = drawing.picture }
        }
        let drawn = try #require(found)
        #expect((drawn.width, drawn.height) == (read.width, read.height))
        for y in 0..<read.height {
            for x in 0..<read.width where (x, y) != (0, 0) {
                for channel in 0..<3 {
                    #expect(drawn[x, y, channel] == read[x, y, channel], "(\(x), \(y))")
                }
            }
        }
    }

    /// What is behind a drawing changes nothing of what is drawn, at any size, and stands in its record.
    @Test(arguments: [("#204060", nil as Int?), ("white", 64), ("transparent", nil)])
    func drawingsLieOnTheColourAskedFor(_ colour: String, _ side: Int?) throws {
        func drawings(_ text: String) throws -> [Drawing] {
            var request = PictureRequest(
                .imagine,
                try PictureRequest.prompt(text),
                seed: 5,
                count: 2
            )
            (request.size, request.enlarge) = (side, side == nil ? 3 : 1)
            var found: [Drawing] = []
            try model.perform(request, by: PromptRules()) {
                if case .picture(_, let drawing) = $0 { found.append(drawing) }
            }
            return found
        }
        let plain = try drawings("red apple")
        let laid = try drawings("red apple --bg \(colour)")
        let behind: PictureColor =
            colour == "white" ? .white : PictureColor(red: 0x20, green: 0x40, blue: 0x60)
        for (plain, laid) in zip(plain, laid) {
            #expect(plain.picture.channels == 4)
            #expect(
                laid.picture
                    == (colour == "transparent"
                        ? plain.picture : plain.picture.flattened(background: behind))
            )
            #expect(try model.draw(again: laid.record, name: "1").picture == laid.picture)
        }
    }

    @Test func aLoopEndsWhereItBegan() throws {
        let draw = DrawingRequest(seed: 2, count: 3, of: "red apple")
        let film = try model.film(draw, frames: 2, isLoop: true)
        #expect(film.count == 7)
        #expect(film.first == film.last)
        #expect(film[2] == (try model.draw(draw))[1].picture)
        let file = scratch.url.appending(path: "film.png")
        try AnimatedPNG(film, milliseconds: 80).encoded(metadata: PictureMetadata()).write(to: file)
        #expect(try PictureMetadata(contentsOf: file).source == .trainedAlgorithmicMedia)
        #expect(try Picture(contentsOf: file) == film[0])
    }
}
