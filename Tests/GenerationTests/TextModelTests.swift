import Adversarial
import Datasets
import Foundation
import Generation
import Midjourney
import Runs
import TestSupport
import Testing
import Torch

/// Models that are asked with words.
@Suite struct TextModelTests {
    private let scratch: ScratchFolder
    private let file: URL

    /// Writes a small network with random weights, whose drawings depend on what is asked for.
    init() throws {
        scratch = try ScratchFolder()
        file = scratch.url.appending(path: "network-snapshot-000001.safetensors")
        let pieces = try TextPieces(of: ["red apple", "green pear"], pieces: 280)
        var settings = TokenFamily.Settings()
        (settings.text.pieces, settings.text.length) = (280, 4)
        settings.tokenizer.widths = [8, 8]
        (settings.tokenizer.codes, settings.tokenizer.groups) = (16, 2)
        settings.transformer.width = 32
        (settings.transformer.layers, settings.transformer.heads) = (1, 2)
        settings.discriminator.widths = [4, 8]
        let subject = Subject(height: 16, width: 16, channels: 4, labels: 2, labelKind: .captions)
        let source = RandomSource(seed: 1)
        let network = TokenFamily.generator(
            settings,
            for: subject,
            using: NetworkStreams(weights: source, chance: source)
        )
        for parameter in network.parameters {
            parameter.wrappedValue =
                Tensor.normal(parameter.wrappedValue.shape, deviation: 0.3, using: source)
        }
        let description = ModelDescription(
            family: TokenFamily.name,
            settings: SettingCoding.tree(settings),
            size: [16, 16],
            channels: 4,
            labels: 2,
            labelKind: subject.labelKind.rawValue,
            recipe: "words",
            set: "toy",
            images: 1,
            distribution: "normal",
            classNames: ["a", "b"],
            text: ModelDescription.Text(
                pieces: pieces.model,
                length: 4,
                filler: 280,
                words: ["apple", "green", "pear", "red"]
            )
        )
        try Safetensors.write(
            network.state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: file
        )
    }

    @Test func wordsDecide() throws {
        let model = try GeneratorModel(contentsOf: file)
        func draw(_ text: String?) throws -> [Drawing] {
            try model.draw(DrawingRequest(seed: 3, count: 3, text: text))
        }
        let apples = try draw("red apple")
        #expect(apples.map(\.record.text) == ["red apple", "red apple", "red apple"])
        #expect(apples[0].record.className == nil)
        #expect(try draw("Red APPLE").map(\.picture) == apples.map(\.picture))
        #expect(try draw("green pear").map(\.picture) != apples.map(\.picture))
        #expect(try draw(nil).map(\.picture) != apples.map(\.picture))
        #expect(try draw("").map(\.picture) == draw(nil).map(\.picture))
        let alone = try model.draw(DrawingRequest(seed: 3, indices: [2], text: "red apple"))
        #expect(alone[0].picture == apples[2].picture)
        #expect(try apples[0].metadata().parameters?.hasPrefix("red apple\n") == true)
    }

    @Test func classesAreRefused() throws {
        let model = try GeneratorModel(contentsOf: file)
        #expect(throws: GenerationError.onlyTexts(model: "words")) {
            try model.draw(DrawingRequest(seed: 3, count: 1, className: "a"))
        }
    }
}
