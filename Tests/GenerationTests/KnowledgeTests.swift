import Foundation
import Generation
import Imaging
import Prompts
import TestSupport
import Testing

/// What a model learned from, looked up.
@Suite struct KnowledgeTests {
    private let scratch: ScratchFolder
    private let model: GeneratorModel
    private let data: URL

    init() throws {
        scratch = try ScratchFolder()
        data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        model = try GeneratorModel(
            contentsOf: WordsModel.write(in: scratch, size: 8, channels: 1, set: "mnist")
        )
    }

    @Test func aCopyIsFound() throws {
        let index = try PictureIndex(of: model, path: data.path)
        #expect(index.count == 64)
        let first = try model.draw(DrawingRequest(seed: 1, count: 1))[0].picture
        let near = try model.nearest(to: first, in: index, count: 5)
        #expect(near.map(\.distance) == near.map(\.distance).sorted())
        // A training picture is its own nearest.
        let planted = index.picture(of: near[3])
        let found = try model.nearest(to: planted, in: index, count: 1)[0]
        #expect(found.distance < 1e-6 && index.picture(of: found) == planted)
    }

    @Test func textsAreRanked() throws {
        let index = try PictureIndex(of: model, path: data.path)
        let picture = Picture(width: 30, height: 20, channels: 3, filledWith: .white)
        let texts = try model.wordings(of: picture, in: index, count: 3, language: "en")
        #expect(!texts.isEmpty && texts.count <= 3)
        #expect(Set(texts.map(\.text)).count == texts.count)
        #expect(texts.map(\.gain) == texts.map(\.gain).sorted(by: >))
        #expect(try model.wordings(of: picture, in: index, count: 3, language: "zh").isEmpty)
    }

    @Test func wordsAreWeighed() throws {
        let weights = try model.wordWeights(of: "red apple", seed: 1)
        #expect(weights.map(\.word) == ["red", "apple"])
        #expect(try model.wordWeights(of: "red apple", seed: 1) == weights)
        #expect(try model.wordWeights(of: "红果", seed: 1).map(\.word) == ["红", "果"])
    }

    @Test func rulesNeedADiscriminatorThatKnowsTheirKinds() throws {
        let rules = try PromptRules("drawn: a\n", origin: "rules")
        let picture = try model.draw(DrawingRequest(seed: 1, count: 1))[0].picture
        #expect(throws: GenerationError.self) { try model.blocked([picture], by: rules) }
        let none = try PromptRules("hate: a\n", origin: "rules")
        #expect(try model.blocked([picture], by: none) == [nil])
        let unknown = try PromptRules("drawn: ghosts\n", origin: "rules")
        #expect(throws: GenerationError.unknownClass("ghosts", known: ["a", "b"])) {
            try model.blocked([picture], by: unknown)
        }
    }
}
