import Adversarial
import Foundation
import Generation
import Imaging
import Requests
import Runs
import TestSupport
import Testing
import Torch

/// Pictures found again among a model's drawings, and styles mixed.
@Suite struct ProjectionTests {
    private let scratch: ScratchFolder
    private let model: GeneratorModel

    /// A small StyleGAN2 with random weights.
    init() throws {
        scratch = try ScratchFolder()
        model = try GeneratorModel(contentsOf: StylesModel.write(in: scratch.url))
    }

    /// A drawing of the model is found again, much nearer than the middle is.
    @Test func aDrawingIsFound() throws {
        let request = DrawingRequest(seed: 4, count: 1)
        let picture = try model.draw(request)[0].picture
        let far = try model.projected(picture, steps: 1, request)
        let near = try model.projected(picture, steps: 150, request)
        #expect(near.distance < far.distance / 3, "\(far.distance) to \(near.distance)")
        var edit = DrawingRequest(seed: 1, count: 3)
        let found = try model.drawing(of: near, name: "a", edit)
        #expect(found.record.edit?.name == "project")
        func distance(_ other: Picture) -> Int {
            zip(other.samples, found.picture.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        }
        let subtle = try model.variations(of: picture, name: "a", .subtle, edit)
        let strong = try model.variations(of: picture, name: "a", .strong, edit)
        #expect(zip(subtle, strong).allSatisfy { distance($0.picture) < distance($1.picture) })
        edit.indices = [2]
        let alone = try model.variations(of: picture, name: "a", .strong, edit)
        #expect(alone[0].picture == strong[2].picture)
    }

    /// Where all layers are of one drawing, it is that drawing.
    @Test func stylesAreMixed() throws {
        let request = DrawingRequest(seed: 4, indices: [])
        let drawn = try model.draw(DrawingRequest(seed: 4, count: 2)).map(\.picture)
        func mixed(_ crossover: Int) throws -> [Picture] {
            try model.mixed(coarse: [0, 1], fine: [0, 1], crossover: crossover, request)
                .map(\.picture)
        }
        let (coarse, fine, both) = (try mixed(100), try mixed(0), try mixed(2))
        func isNear(_ a: Picture, _ b: Picture) -> Bool {
            zip(a.samples, b.samples).allSatisfy { abs(Int($0) - Int($1)) <= 1 }
        }
        #expect(isNear(coarse[1], drawn[0]) && isNear(fine[1], drawn[1]))
        #expect(isNear(both[0], drawn[0]) && isNear(both[3], drawn[1]))
        #expect(!isNear(both[1], drawn[0]) && !isNear(both[1], drawn[1]))
    }

    @Test func whatDrawsPieceByPieceNeedsNoSearch() throws {
        let words = try GeneratorModel(contentsOf: WordsModel.write(in: scratch))
        let picture = Picture(width: 16, height: 16, channels: 4, filledWith: .white)
        #expect(throws: GenerationError.lacks(.projection, model: "words")) {
            try words.projected(picture, steps: 1, DrawingRequest(seed: 1, count: 1))
        }
        #expect(throws: GenerationError.lacks(.styles, model: "words")) {
            try words.mixed(
                coarse: [0],
                fine: [1],
                crossover: nil,
                DrawingRequest(seed: 1, count: 1)
            )
        }
    }
}
