import Neural
import Torch

/// Attention of each place of maps to all places, with one head, added to what came in.
///
/// Shape: N×channels×H×W → the same.
///
/// Source: Wang et al., "Non-local neural networks", CVPR 2018.
final class MapAttention: Module {
    private let norm: GroupNorm
    private let query: Convolution2D
    private let key: Convolution2D
    private let value: Convolution2D
    private let output: Convolution2D

    init(_ channels: Int, groups: Int, start: Initializer?, using source: RandomSource) {
        norm = .vqgan(channels, groups)
        query = .keeping(channels, channels, kernel: 1, start: start, using: source)
        key = .keeping(channels, channels, kernel: 1, start: start, using: source)
        value = .keeping(channels, channels, kernel: 1, start: start, using: source)
        output = .keeping(channels, channels, kernel: 1, start: start, using: source)
    }

    func callAsFunction(_ maps: Tensor) -> Tensor {
        let (count, channels, rows, columns) = maps.shape4
        let even = norm(maps)
        /// The places of maps as rows: N×1×places×channels.
        func places(_ maps: Tensor) -> Tensor {
            maps.permuted([0, 2, 3, 1]).reshaped([count, 1, rows * columns, channels])
        }
        let seen = Tensor.attention(
            query: places(query(even)),
            key: places(key(even)),
            value: places(value(even))
        )
        let back = seen.reshaped([count, rows, columns, channels]).permuted([0, 3, 1, 2])
        return maps + output(back)
    }
}
