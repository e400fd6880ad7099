import Neural
import Torch

/// A small classifier of one data set's real pictures: its features measure distances, and it says
/// what a drawing shows.
///
/// It never sees a drawing while it learns. Distances by it are called local: they compare with each
/// other, not with published ones.
final class LocalNetwork: Module {
    private let layers: [Convolution2D]
    private let norms: [GroupNorm]
    private let dense: Dense
    private let heads: [Dense]

    /// Numbers of a picture's features.
    static let width = 256

    /// A network with random weights.
    ///
    /// - Parameters:
    ///   - channels: Of the pictures.
    ///   - counts: Classes of each head.
    ///   - source: Where the weights come from.
    init(channels: Int, heads counts: [Int], using source: RandomSource) {
        let widths = [channels, 48, 96, 144, 192]
        layers = zip(widths, widths.dropFirst()).map { inputs, outputs in
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 3,
                stride: 2,
                padding: .same,
                initializer: .heNormal,
                using: source
            )
        }
        norms = widths.dropFirst().map { GroupNorm($0, groups: 8) }
        dense = Dense(inputs: 4 * 192, outputs: LocalNetwork.width, using: source)
        heads = counts.map { Dense(inputs: LocalNetwork.width, outputs: $0, using: source) }
    }

    /// What the network sees.
    ///
    /// Shape: N×C×H×W → N×256.
    func features(_ pictures: Tensor) -> Tensor {
        let maps = zip(layers, norms).reduce(pictures) { x, layer in layer.1(layer.0(x)).relu() }
        return dense(maps.adaptiveAveragePooled(size: [2, 2]).flattened(from: 1)).relu()
    }

    /// Logits of each head.
    ///
    /// Shape: N×256 features → N×classes each.
    func logits(_ features: Tensor) -> [Tensor] { heads.map { $0(features) } }
}
