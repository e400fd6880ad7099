import Generation
import Imaging
import Prompts
import Requests
import TestSupport
import Testing

/// Places between drawings, and styles by code.
@Suite struct ExploringTests {
    private let scratch: ScratchFolder
    private let model: GeneratorModel

    init() throws {
        scratch = try ScratchFolder()
        model = try GeneratorModel(contentsOf: StylesModel.write(in: scratch.url))
    }

    private func explored(_ change: (inout Exploration) -> Void = { _ in }) throws -> Picture {
        var place = Exploration()
        change(&place)
        return try model.explored(place, DrawingRequest(seed: 6, indices: [2])).picture
    }

    private func distance(_ a: Picture, _ b: Picture) -> Double {
        let sum = zip(a.samples, b.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(a.samples.count)
    }

    @Test func theEdgesAreTheNextPicturesOfTheRow() throws {
        let row = try model.draw(DrawingRequest(seed: 6, indices: [2, 3, 4])).map(\.picture)
        // The rounding of another size of batch is all that may differ.
        #expect(distance(try explored(), row[0]) < 0.05)
        #expect(distance(try explored { $0.x = 1 }, row[1]) < 0.05)
        #expect(distance(try explored { $0.y = 1 }, row[2]) < 0.05)
        let between = try explored { $0.x = 0.5 }
        #expect(distance(between, row[0]) > 0.5 && distance(between, row[1]) > 0.5)
    }

    @Test func layersTakeOtherStylesAndNoiseIsGivenBack() throws {
        let own = try explored()
        let mixed = try explored { $0.layers = [0: 9, 1: 9] }
        #expect(distance(mixed, own) > 0.5)
        #expect(try explored { $0.layers = [0: 9, 1: 9] } == mixed)
        let all = Dictionary(uniqueKeysWithValues: (0..<model.styleCount).map { ($0, UInt64(9)) })
        let other = try model.draw(DrawingRequest(seed: 9, indices: [0]))[0].picture
        #expect(distance(try explored { $0.layers = all }, other) < 0.05)
        _ = try explored { $0.noise = 4 }
        #expect(try explored() == own)
    }

    @Test func theRecordHasThePlace() throws {
        var place = Exploration()
        (place.x, place.noise, place.layers) = (0.25, 4, [1: 9])
        let record = try model.explored(place, DrawingRequest(seed: 6, indices: [2])).record
        #expect(record.edit?.numbers == ["x": 0.25, "y": 0, "noise": 4, "layer-1": 9])
    }

    @Test func codesGiveTheFineLayersTheirStyle() throws {
        func drawn(_ text: String) throws -> Picture {
            try model.imagine(Prompt.all(of: text)[0], by: PromptRules(), seed: 6, indices: [2])[0]
                .picture
        }
        let code = try drawn("--sref 77")
        #expect(try drawn("--sref 77") == code)
        let own = try model.draw(DrawingRequest(seed: 6, indices: [2]))[0].picture
        #expect(distance(code, own) > 0.5)
        #expect(distance(try drawn("--sref 78"), code) > 0.1)
        #expect(distance(try drawn("--sref 77 --sw 0"), own) < 0.05)
        // The same fine styles in all of them, so nearly what the finer layers of that seed give.
        let fine = Dictionary(
            uniqueKeysWithValues: (model.styleCount / 2..<model.styleCount).map {
                ($0, UInt64(77))
            }
        )
        #expect(distance(try drawn("--sref 77 --sw 1000"), try explored { $0.layers = fine }) < 0.1)
    }

    @Test func whatCannotBeIsRefused() throws {
        #expect(throws: GenerationError.noLayer(40, count: model.styleCount)) {
            try explored { $0.layers = [40: 1] }
        }
        let words = try GeneratorModel(contentsOf: WordsModel.write(in: scratch))
        #expect(throws: GenerationError.lacks(.exploring, model: "words")) {
            try words.explored(Exploration(), DrawingRequest(seed: 1, indices: [0]))
        }
        let error = #expect(throws: PromptError.self) {
            try words.imagine(
                Prompt.all(of: "a --sref 5")[0],
                by: PromptRules(),
                seed: 1,
                indices: [0]
            )
        }
        #expect(error?.kind == .unsupported && error?.parameter == "sref")
    }
}
