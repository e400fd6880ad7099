import Adversarial
import Datasets
import Foundation
import Generation
import Midjourney
import Runs
import TestSupport
import Torch

/// A small network with random weights that is asked with words, and whose drawings depend on them.
enum WordsModel {
    /// Writes its weights as a snapshot.
    static func write(in scratch: ScratchFolder) throws -> URL {
        let file = scratch.url.appending(path: "network-snapshot-000001.safetensors")
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
        return file
    }

    /// Writes a discriminator beside it.
    static func writeCritic(of model: GeneratorModel, beside file: URL) throws {
        let description = CriticDescription(of: model.description, classification: nil)
        let critic = try description.critic()
        try Safetensors.write(
            critic.state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: RunFolder.critic(beside: file)
        )
    }
}
