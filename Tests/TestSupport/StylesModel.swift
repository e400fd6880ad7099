import Adversarial
import Foundation
import Neural
import Runs
import Settings
import Torch

/// A small StyleGAN2 with random weights: pictures of 16×16, styles of eight numbers.
public enum StylesModel {
    /// Writes its weights as a snapshot.
    ///
    /// - Parameters:
    ///   - folder: Where.
    ///   - source: Of the weights.
    ///   - change: What a weight is changed to, by its name.
    /// - Returns: The file.
    /// - Throws: What is wrong with the folder.
    public static func write(
        in folder: URL,
        using source: RandomSource = RandomSource(seed: 1),
        changing change: (String, Tensor) -> Tensor = { $1 }
    ) throws -> URL {
        let file = folder.appending(path: "network-snapshot-000001.safetensors")
        var settings = StyleGAN2.Settings()
        (settings.latent, settings.style, settings.mappingLayers) = (8, 8, 2)
        (settings.channelBase, settings.channelMax, settings.noise) = (128, 8, false)
        let spec = ImageSpec(height: 16, width: 16, channels: 3, labels: 0)
        let network = StyleGAN2.generator(
            settings,
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        let description = ModelDescription(
            family: StyleGAN2.name,
            settings: SettingCoding.tree(settings),
            size: [16, 16],
            channels: 3,
            labels: 0,
            labelKind: spec.labelKind.rawValue,
            recipe: "styles",
            set: "toy",
            images: 1,
            distribution: .normal,
            classNames: []
        )
        try Safetensors.write(
            network.state().map { ($0.name, change($0.name, $0.tensor)) },
            metadata: try description.metadata(),
            to: file
        )
        return file
    }
}
