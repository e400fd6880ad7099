import Foundation
import Generation
import Imaging
import Prompts
import TestSupport
import Testing

/// Scenes put together from things that are drawn one by one.
@Suite struct ComposingTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func model(channels: Int = 4) throws -> GeneratorModel {
        try GeneratorModel(contentsOf: WordsModel.write(in: scratch, channels: channels))
    }

    private func imagined(
        _ text: String,
        by model: GeneratorModel,
        _ indices: [Int] = [0, 1]
    ) throws -> [Drawing] {
        try model.imagine(
            Prompt.all(of: text)[0],
            by: PromptRules(),
            seed: 5,
            indices: indices
        )
    }

    @Test("a scene is put together, the same from its record and whatever is drawn beside it")
    func composed() throws {
        let model = try model()
        for prompt in ["two red apples", "a red apple beside a green pear", "a red pear at night"] {
            let drawings = try imagined(prompt, by: model)
            #expect(drawings.allSatisfy { $0.record.isComposed == true }, "\(prompt)")
            #expect(drawings.allSatisfy { $0.picture.width == 256 && $0.picture.height == 256 })
            #expect(drawings[0].picture != drawings[1].picture)
            let alone = try imagined(prompt, by: model, [1])
            #expect(alone[0].picture == drawings[1].picture)
            let text = try #require(try drawings[1].metadata().record)
            #expect(text.contains(#""composed":true"#))
            let record = try JSONDecoder().decode(Drawing.Record.self, from: Data(text.utf8))
            #expect(try model.draw(again: record, name: "one").picture == drawings[1].picture)
        }
    }

    @Test("each thing has chances of its own, the first those that it has alone")
    func things() throws {
        let model = try model()
        let (one, other) = (
            try imagined("a red apple beside a red apple", by: model, [0])[0].picture,
            try imagined("two red apples", by: model, [0])[0].picture
        )
        #expect(one != other)
    }

    @Test("words of a scene are not missed in captions, and others are")
    func unknownWords() throws {
        let model = try model()
        let found = try model.unknownWords(in: Prompt.all(of: "two red apples at night")[0])
        #expect(found.isEmpty)
        let other = try model.unknownWords(in: Prompt.all(of: "two red dogs at night")[0])
        #expect(other.map(\.word) == ["dog"])
    }

    @Test(
        "one thing, raw drawings, shapes of their own and opaque models are drawn as a whole",
        arguments: [
            ("a red apple", 4), ("two red apples --raw", 4), ("two red apples --ar 3:2", 4),
            ("two red apples --tile", 4), ("two red apples", 3),
        ]
    )
    func whole(prompt: String, channels: Int) throws {
        let drawing = try imagined(prompt, by: model(channels: channels), [0])[0]
        #expect(drawing.record.isComposed != true)
        #expect(drawing.picture.width < 256)
    }
}
