import Adversarial
import Foundation
import Midjourney
import Runs
import Settings
import Torch

/// A small network with random weights that repairs pictures.
public enum RepairModel {
    /// Writes its weights.
    ///
    /// - Parameters:
    ///   - scratch: Where.
    ///   - factor: How many times larger pictures become.
    ///   - channels: Of its pictures.
    ///   - set: The data set that it is said to have learned.
    /// - Returns: The file.
    /// - Throws: What is wrong with the folder.
    public static func write(
        in scratch: ScratchFolder,
        factor: Int,
        channels: Int = 4,
        set: String = "toy"
    ) throws -> URL {
        let file = scratch.url.appending(path: "repair-\(factor).safetensors")
        var settings = RepairFamily.Settings()
        (settings.factor, settings.widths, settings.blocks) = (factor, [4, 4], 1)
        let source = RandomSource(seed: 3)
        let network = RepairFamily.generator(
            settings,
            for: ImageSpec(height: 16, width: 16, channels: channels),
            using: NetworkStreams(weights: source, chance: source)
        )
        for parameter in network.parameters {
            parameter.wrappedValue =
                Tensor.normal(parameter.wrappedValue.shape, deviation: 0.1, using: source)
        }
        let description = ModelDescription(
            family: RepairFamily.name,
            settings: SettingCoding.tree(settings),
            size: [16, 16],
            channels: channels,
            labels: 0,
            labelKind: ImageSpec.LabelKind.none.rawValue,
            recipe: "repair",
            set: set,
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
