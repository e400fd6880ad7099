import Adversarial
import Foundation
import Runs
import Settings
import Torch

/// A small network with random weights that translates pictures.
public enum TranslationModel {
    /// Writes its weights.
    ///
    /// - Parameters:
    ///   - scratch: Where.
    ///   - mode: Whether it translates backwards, too.
    ///   - channels: Of its pictures.
    ///   - side: Of its windows.
    /// - Returns: The file.
    /// - Throws: What is wrong with the folder.
    public static func write(
        in scratch: ScratchFolder,
        mode: Translation.Mode = .cycle,
        channels: Int = 3,
        side: Int = 16
    ) throws -> URL {
        let file = scratch.url.appending(path: "translation-\(mode.rawValue).safetensors")
        var settings = Translation.Settings()
        (settings.mode, settings.width, settings.levels) = (mode, 4, 3)
        (settings.judge.width, settings.judge.layers) = (2, 1)
        let source = RandomSource(seed: 3)
        let network = Translation.generator(
            settings,
            for: ImageSpec(height: side, width: side, channels: channels),
            using: NetworkStreams(weights: source, chance: source)
        )
        for parameter in network.parameters {
            parameter.wrappedValue =
                Tensor.normal(parameter.wrappedValue.shape, deviation: 0.2, using: source)
        }
        let description = ModelDescription(
            family: Translation.name,
            settings: SettingCoding.tree(settings),
            size: [side, side],
            channels: channels,
            labels: 0,
            labelKind: ImageSpec.LabelKind.none.rawValue,
            recipe: "small-translation",
            set: "toy",
            images: 1,
            distribution: .normal,
            classNames: []
        )
        try Safetensors.write(
            network.state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: file
        )
        return file
    }
}
