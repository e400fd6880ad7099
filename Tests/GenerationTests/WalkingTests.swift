import Generation
import Imaging
import TestSupport
import Testing

/// Ways between drawings.
@Suite struct WalkingTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test(arguments: DrawingPath.allCases)
    func waysGoFromOneDrawingToTheOther(_ path: DrawingPath) throws {
        let model = try GeneratorModel(contentsOf: StylesModel.write(in: scratch.url))
        let request = DrawingRequest(seed: 6, indices: [0, 3])
        let drawn = try model.draw(request).map(\.picture)
        let way = try model.walked(path, steps: 5, request)
        func distance(_ a: Picture, _ b: Picture) -> Int {
            zip(a.samples, b.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        }
        let whole = distance(drawn[0], drawn[1])
        #expect(way.count == 5)
        // The rounding of another size of batch is all that may differ.
        #expect(distance(way[0], drawn[0]) <= drawn[0].samples.count / 20)
        #expect(distance(way[4], drawn[1]) <= drawn[0].samples.count / 20)
        #expect(distance(way[2], drawn[0]) > whole / 10)
        #expect(distance(way[2], drawn[1]) > whole / 10)
    }

    @Test func modelsThatDrawPieceByPieceAreRefused() throws {
        let words = try GeneratorModel(contentsOf: WordsModel.write(in: scratch))
        #expect(throws: GenerationError.lacks(.projection, model: "words")) {
            try words.walked(.linear, steps: 3, DrawingRequest(seed: 1, indices: [0, 1]))
        }
    }
}
