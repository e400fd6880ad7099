import Adversarial
import Datasets
import Foundation
import Midjourney
import Runs
import Settings
import Torch

/// A small network with random weights that is asked with words, and whose drawings depend on them.
public enum WordsModel {
    /// Writes its weights as a snapshot.
    ///
    /// - Parameters:
    ///   - scratch: Where.
    ///   - size: Width and height of its pictures.
    ///   - channels: Of its pictures.
    ///   - set: The data set that it is said to have learned.
    /// - Returns: The file.
    /// - Throws: What is wrong with the folder.
    public static func write(
        in scratch: ScratchFolder,
        size: Int = 16,
        channels: Int = 4,
        set: String = "toy"
    ) throws -> URL {
        let file = scratch.url.appending(path: "network-snapshot-000001.safetensors")
        let pieces = try TextPieces(of: ["red apple", "green pear"], pieces: 280)
        var settings = TokenFamily.Settings()
        (settings.text.pieces, settings.text.length) = (280, 4)
        settings.tokenizer.widths = [8, 8]
        (settings.tokenizer.codes, settings.tokenizer.groups) = (16, 2)
        settings.transformer.width = 32
        (settings.transformer.layers, settings.transformer.heads) = (1, 2)
        settings.discriminator.widths = [4, 8]
        let spec = ImageSpec(
            height: size,
            width: size,
            channels: channels,
            labels: 2,
            labelKind: .captions
        )
        let source = RandomSource(seed: 1)
        let network = TokenFamily.generator(
            settings,
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        for parameter in network.parameters {
            parameter.wrappedValue =
                Tensor.normal(parameter.wrappedValue.shape, deviation: 0.3, using: source)
        }
        let description = ModelDescription(
            family: TokenFamily.name,
            settings: SettingCoding.tree(settings),
            size: [size, size],
            channels: channels,
            labels: 2,
            labelKind: spec.labelKind.rawValue,
            recipe: "words",
            set: set,
            images: 1,
            distribution: .normal,
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
    ///
    /// - Parameters:
    ///   - model: The model that it judges.
    ///   - file: The model's file.
    ///   - restores: Whether it has a head that restores pictures.
    /// - Throws: What is wrong with the folder.
    public static func writeCritic(
        of model: ModelDescription,
        beside file: URL,
        restores: Bool = false
    ) throws {
        let description = CriticDescription(
            of: model,
            tasks: restores
                ? [Restoration.name: SettingCoding.tree(Restoration.Settings())] : [:]
        )
        let critic = try description.critic()
        try Safetensors.write(
            critic.state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: RunFolder.critic(beside: file)
        )
    }
}
