import Foundation
import Generation
import Imaging
import Prompts
import Requests
import TestSupport
import Testing
import Torch

/// Edits of pictures by a small random Janus.
@Suite("Janus edits")
struct JanusEditingTests {
    private let model: GeneratorModel
    private let scratch: ScratchFolder

    init() throws {
        GeneratorModel.setThreads(1)
        model = try GeneratorModel(contentsOf: JanusTests.folder)
        scratch = try ScratchFolder()
    }

    /// A picture of stripes, in a file.
    private func file(_ name: String, _ width: Int = 16, _ height: Int = 16) throws -> String {
        let samples = (0..<width * height * 3).map {
            UInt8(truncatingIfNeeded: $0 / 3 % width / 4 * 80 + $0 % 3 * (name == "a" ? 20 : 70))
        }
        let url = scratch.url.appending(path: "\(name).png")
        try Picture(width: width, height: height, channels: 3, samples: samples).write(to: url)
        return url.path
    }

    /// What a request makes.
    private func made(
        _ task: PictureTask,
        _ pictures: [String],
        _ prompt: String = "a red cat",
        seed: UInt64 = 4,
        first: Int = 0,
        count: Int = 1,
        _ change: (inout PictureRequest) -> Void = { _ in }
    ) throws -> [Drawing] {
        var request = PictureRequest(
            task,
            try PictureRequest.prompt(prompt),
            seed: seed,
            first: first,
            count: count,
            pictures: pictures
        )
        change(&request)
        var found: [Drawing] = []
        try model.perform(request, by: PromptRules()) { event in
            if case .picture(_, let drawing) = event { found.append(drawing) }
        }
        return found
    }

    @Test("a panorama is twice as wide as high, and each pole is one colour")
    func panorama() throws {
        let drawn = try made(.imagine, [], "a red cat --panorama")[0].picture
        #expect(drawn.width == 32 && drawn.height == 16)
        for row in [0, 15] {
            for x in 0..<32 {
                for channel in 0..<3 { #expect(drawn[x, row, channel] == drawn[0, row, channel]) }
            }
        }
    }

    @Test(
        "the more nats codes are likelier by that are near to a picture's, the more of them are drawn"
    )
    func nearness() throws {
        let (transformer, tokenizer) = try JanusTests.networks()
        let picture = Tensor(
            (0..<768).map { Float($0 % 37) / 18 - 1 },
            shape: [1, 3, 16, 16]
        )
        let codes = tokenizer.codes(of: picture)
        let near = tokenizer.similarities(to: picture)
        #expect(near.argmax(along: 2).elements() as [Int] == codes.elements())
        let shares = [0.0, 5, 20, 80].map { pull in
            let found = transformer.drawn(
                .init([[1, 2, 3]], weights: [1]),
                bias: near * pull,
                by: Tensor((0..<64).map { Float($0 * 29 % 64) / 64 }, shape: [1, 64])
            )
            let drawn: [Int] = found.codes.elements()
            return zip(drawn, codes.elements() as [Int]).count { $0 == $1 }
        }
        #expect(shares == shares.sorted() && shares[0] < 16 && shares[3] > 40, "\(shares)")
    }

    @Test("variations and blends are drawn, each the same in any company")
    func variations() throws {
        let source = try file("a")
        let strong = try made(.vary(.strong), [source], count: 4)
        let free = try made(.imagine, [])
        #expect(strong[0].record.edit?.name == "vary" && strong[0].picture != free[0].picture)
        let subtle = try made(.vary(.subtle), [source], count: 4)
        #expect(subtle.map(\.picture) != strong.map(\.picture))
        let alone = try made(.vary(.strong), [source], first: 2)
        #expect(alone[0].picture == strong[2].picture)
        let blend = try made(.blend(weights: [3, 1]), [source, file("b")], count: 2)
        #expect(blend.count == 2 && blend[0].picture != blend[1].picture)
        let beside = try made(.imagine, [source], "a red cat")
        #expect(beside[0].picture.width == 16 && beside[0].picture != free[0].picture)
    }

    @Test("what is visible stays to the last bit; what is hidden follows the seed")
    func infilling() throws {
        let source = try file("a", 24, 16)
        let own = try Picture(contentsOf: URL(filePath: source))
        let hide = { (request: inout PictureRequest) in
            request.region = Region(left: 4, top: 4, width: 6, height: 9)
        }
        let filled = try made(.inpaint, [source], count: 2, hide)
        for drawing in filled {
            for y in 0..<16 {
                for x in 0..<24 where !(4..<10).contains(x) || !(4..<13).contains(y) {
                    let at = (y * 24 + x) * 3
                    #expect(
                        drawing.picture.samples[at..<at + 3].elementsEqual(own.samples[at..<at + 3])
                    )
                }
            }
        }
        #expect(filled[0].picture != own && filled[0].picture != filled[1].picture)
        #expect(
            try made(.inpaint, [source], count: 2, hide).map(\.picture) == filled.map(\.picture)
        )
        // Few codes are hidden, so two seeds may agree by chance.
        let others = try (5...9).map { try made(.inpaint, [source], seed: $0, hide)[0].picture }
        #expect(Set(others.map(\.samples)).count > 1)
    }

    @Test("pictures go on at their sides, meet at their edges and have other shapes")
    func extending() throws {
        let source = try file("a")
        let wide = try made(.outpaint(.shares(Sides(left: 0.5))), [source])[0].picture
        #expect(wide.width == 24 && wide.height == 16)
        let own = try Picture(contentsOf: URL(filePath: source))
        #expect(wide.cropped(x: 8, y: 0, width: 16, height: 16) == own)
        #expect(try made(.outpaint(.zoom(2)), [source])[0].picture.width == 16)
        #expect(try made(.tile, [source])[0].picture.width == 16)
        let shaped = try made(.imagine, [], "a red cat --ar 3:2")[0].picture
        #expect(shaped.width == 24 && shaped.height == 16)
        #expect(try made(.imagine, [], "a red cat --tile")[0].picture.width == 16)
    }
}
